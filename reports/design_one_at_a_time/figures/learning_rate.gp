# Draws learning_rate.svg; learning_rate.pdf, learning_rate.png: gnuplot -e "format = 'pdf'" learning_rate.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1280,732 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 5.250in,3.002in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 640,366 font 'sans-serif,12' background '#ffffff'
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
1 0.02 0.02 0.02
2 0.019238795325112867 0.019238795325112867 0.019238795325112867
3 0.017071067811865476 0.017071067811865476 0.017071067811865476
4 0.0138268343236509 0.0138268343236509 0.0138268343236509
5 0.01 0.01 0.01
6 0.006173165676349102 0.006173165676349102 0.006173165676349102
7 0.0029289321881345244 0.0029289321881345244 0.0029289321881345244
8 0.0007612046748871325 0.0007612046748871326 0.0007612046748871326
EOD
$panel1_line2 << EOD
1 0.02 0.02 0.02
2 0.02 0.02 0.02
3 0.02 0.02 0.02
4 0.02 0.02 0.02
5 0.02 0.02 0.02
6 0.02 0.02 0.02
7 0.02 0.02 0.02
8 0.02 0.02 0.02
EOD
set xrange [1:8]
set xtics 2
set multiplot
set arrow from screen 0.09062,0.04372 to screen 0.14688,0.04372 nohead linestyle 1
set label 3 'baseline and 4 more' at screen 0.15937,0.04372
set arrow from screen 0.54531,0.04372 to screen 0.60156,0.04372 nohead linestyle 2
set label 4 'schedule=constant' at screen 0.61406,0.04372
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.90164
set bmargin at screen 0.22404
set yrange [0:0.02]
set ytics 0.005
set format y '%.3f'
set label 1 'learning rate' at screen 0.53125,0.94536 center
set label 2 'epoch' at screen 0.53125,0.12022 center
plot \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
unset multiplot
unset output
