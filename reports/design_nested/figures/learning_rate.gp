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
2 0.009330127018922194 0.009330127018922194 0.009330127018922194
3 0.0075 0.0075 0.0075
4 0.005 0.005 0.005
5 0.0025000000000000005 0.0025000000000000005 0.0025000000000000005
6 0.0006698729810778065 0.0006698729810778065 0.0006698729810778065
EOD
$panel1_line2 << EOD
1 0.02 0.02 0.02
2 0.01866025403784439 0.01866025403784439 0.01866025403784439
3 0.015 0.015 0.015
4 0.01 0.01 0.01
5 0.005000000000000001 0.005000000000000001 0.005000000000000001
6 0.001339745962155613 0.001339745962155613 0.001339745962155613
EOD
$panel1_line3 << EOD
1 0.04 0.04 0.04
2 0.03732050807568878 0.03732050807568878 0.03732050807568878
3 0.03 0.03 0.03
4 0.02 0.02 0.02
5 0.010000000000000002 0.010000000000000002 0.010000000000000002
6 0.002679491924311226 0.002679491924311226 0.002679491924311226
EOD
set xrange [1:6]
set xtics 1
set multiplot
set arrow from screen 0.09062,0.13793 to screen 0.14688,0.13793 nohead linestyle 1
set label 3 'width = narrow, batch = 16, rate = 0.01 (3 variants)' at screen 0.15937,0.13793
set arrow from screen 0.09062,0.08867 to screen 0.14688,0.08867 nohead linestyle 2
set label 4 'width = medium, batch = 32, rate = 0.02 (3 variants)' at screen 0.15937,0.08867
set arrow from screen 0.09062,0.03941 to screen 0.14688,0.03941 nohead linestyle 3
set label 5 'width = wide, batch = 64, rate = 0.04 (2 variants)' at screen 0.15937,0.03941
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.91133
set bmargin at screen 0.30049
set yrange [0:0.04]
set ytics 0.01
set format y '%.2f'
set label 1 'learning rate' at screen 0.53125,0.95074 center
set label 2 'epoch' at screen 0.53125,0.20690 center
plot \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2, \
  $panel1_line3 using 1:2 with lines linestyle 3
unset multiplot
unset output
