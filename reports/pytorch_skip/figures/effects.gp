# Draws effects.svg; effects.pdf, effects.png: gnuplot -e "format = 'pdf'" effects.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,184 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,0.767in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,92 font 'sans-serif,12' background '#ffffff'
}
set output 'effects.'.format
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
$clear << EOD
0.004161328077316284 0.0016370448825276784 0.00668561127210489 1
EOD
set xrange [0:0.007]
set xtics 0.001
set format x '%.3f'
set lmargin at screen 0.10595
set rmargin at screen 0.97143
set tmargin at screen 0.84783
set bmargin at screen 0.60870
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [1.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.53869,0.17391 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'projection' at screen 0.08929,0.72826 right
plot \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8
unset output
