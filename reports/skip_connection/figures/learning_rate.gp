# Draws learning_rate.svg; learning_rate.pdf, learning_rate.png: gnuplot -e "format = 'pdf'" learning_rate.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1280,812 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 5.250in,3.330in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 640,406 font 'sans-serif,12' background '#ffffff'
}
set output 'learning_rate.'.format
set encoding utf8
set border 3 linecolor rgb '#444444'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linetype 1 linecolor rgb '#e4e4e4' linewidth 0.5
set format '%g'
unset key
set style line 1 linecolor rgb '#000000' linewidth 2 dashtype solid pointtype 7 pointsize 0.9
set style line 2 linecolor rgb '#D55E00' linewidth 1.6 dashtype (14,5) pointtype 5 pointsize 0.9
set style line 3 linecolor rgb '#0072B2' linewidth 1.6 dashtype solid pointtype 9 pointsize 0.9
set style line 4 linecolor rgb '#009E73' linewidth 1.6 dashtype (14,4,3,4) pointtype 11 pointsize 0.9
set style line 5 linecolor rgb '#CC79A7' linewidth 1.6 dashtype (5,4) pointtype 13 pointsize 0.9
set style line 6 linecolor rgb '#E69F00' linewidth 1.6 dashtype solid pointtype 6 pointsize 0.9
set style line 7 linecolor rgb '#56B4E9' linewidth 1.6 dashtype (20,4) pointtype 4 pointsize 0.9
set style line 8 linecolor rgb '#777777' linewidth 1.6 dashtype (2,4) pointtype 8 pointsize 0.9
$panel1_line1 << EOD
1 0.01 0.01 0.01
2 0.01 0.01 0.01
3 0.01 0.01 0.01
4 0.01 0.01 0.01
5 0.01 0.01 0.01
6 0.01 0.01 0.01
7 0.01 0.01 0.01
8 0.01 0.01 0.01
9 0.01 0.01 0.01
10 0.01 0.01 0.01
11 0.01 0.01 0.01
12 0.01 0.01 0.01
13 0.01 0.01 0.01
14 0.01 0.01 0.01
15 0.01 0.01 0.01
16 0.01 0.01 0.01
17 0.01 0.01 0.01
18 0.01 0.01 0.01
19 0.01 0.01 0.01
20 0.01 0.01 0.01
EOD
$panel1_line2 << EOD
1 0.01 0.01 0.01
2 0.01 0.01 0.01
3 0.01 0.01 0.01
4 0.01 0.01 0.01
5 0.01 0.01 0.01
6 0.005 0.005 0.005
7 0.005 0.005 0.005
8 0.005 0.005 0.005
9 0.005 0.005 0.005
10 0.005 0.005 0.005
11 0.0025 0.0025 0.0025
12 0.0025 0.0025 0.0025
13 0.0025 0.0025 0.0025
14 0.0025 0.0025 0.0025
15 0.0025 0.0025 0.0025
16 0.00125 0.00125 0.00125
17 0.00125 0.00125 0.00125
18 0.00125 0.00125 0.00125
19 0.00125 0.00125 0.00125
20 0.00125 0.00125 0.00125
EOD
$panel1_line3 << EOD
1 0.01 0.01 0.01
2 0.009938441702975689 0.009938441702975689 0.009938441702975689
3 0.009755282581475769 0.009755282581475769 0.009755282581475769
4 0.00945503262094184 0.00945503262094184 0.00945503262094184
5 0.009045084971874737 0.009045084971874737 0.009045084971874737
6 0.008535533905932738 0.008535533905932738 0.008535533905932738
7 0.007938926261462366 0.007938926261462366 0.007938926261462366
8 0.007269952498697733 0.007269952498697734 0.007269952498697734
9 0.006545084971874737 0.006545084971874737 0.006545084971874737
10 0.005782172325201154 0.005782172325201154 0.005782172325201154
11 0.005 0.005 0.005
12 0.004217827674798846 0.004217827674798846 0.004217827674798846
13 0.003454915028125263 0.003454915028125263 0.003454915028125263
14 0.002730047501302266 0.002730047501302266 0.002730047501302266
15 0.0020610737385376343 0.0020610737385376348 0.0020610737385376348
16 0.0014644660940672622 0.0014644660940672622 0.0014644660940672622
17 0.0009549150281252628 0.0009549150281252627 0.0009549150281252627
18 0.0005449673790581611 0.0005449673790581611 0.0005449673790581611
19 0.0002447174185242318 0.0002447174185242318 0.0002447174185242318
20 6.15582970243117e-05 6.15582970243117e-05 6.15582970243117e-05
EOD
set xrange [1:20]
set xtics 5
set multiplot
set arrow from screen 0.09062,0.13793 to screen 0.14688,0.13793 nohead linestyle 1
set label 3 'learning_rate = constant (6 variants)' at screen 0.15937,0.13793
set arrow from screen 0.09062,0.08867 to screen 0.14688,0.08867 nohead linestyle 2
set label 4 'learning_rate = step (6 variants)' at screen 0.15937,0.08867
set arrow from screen 0.09062,0.03941 to screen 0.14688,0.03941 nohead linestyle 3
set label 5 'learning_rate = cosine (6 variants)' at screen 0.15937,0.03941
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.91133
set bmargin at screen 0.30049
set yrange [0:0.01]
set ytics 0.002
set format y '%.3f'
set label 1 'learning rate' at screen 0.53125,0.95074 center
set label 2 'epoch' at screen 0.53125,0.20690 center
plot \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2, \
  $panel1_line3 using 1:2 with lines linestyle 3
unset multiplot
unset output
