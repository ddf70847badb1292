# Draws effects.svg; effects.pdf, effects.png: gnuplot -e "format = 'pdf'" effects.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,448 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,1.867in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,224 font 'sans-serif,12' background '#ffffff'
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
0.039999999999999925 0.02217539437823815 0.0578246056217617 4
EOD
$open << EOD
0.06049999999999994 -0.14448296465028523 0.2654829646502851 1
0.05049999999999999 -0.11883375340675667 0.21983375340675665 2
0.04880000000000001 -0.09379684497410903 0.19139684497410905 3
0.03269999999999995 -0.029686119676176154 0.09508611967617606 5
0.03209999999999996 -0.45807665459850333 0.5222766545985033 6
0.029199999999999948 -0.0420984224870521 0.100498422487052 7
EOD
set xrange [-0.6:0.6]
set xtics 0.2
set format x '%.1f'
set lmargin at screen 0.38512
set rmargin at screen 0.97143
set tmargin at screen 0.93750
set bmargin at screen 0.25000
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [7.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.67827,0.07143 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'wide, batch 64, rate 0.04, projection, relu' at screen 0.36845,0.88839 right
set label 3 'medium, batch 32, rate 0.02, projection, relu' at screen 0.36845,0.79018 right
set label 4 'medium, batch 32, rate 0.02, projection, tanh' at screen 0.36845,0.69196 right
set label 5 'wide, batch 64, rate 0.04, none, relu' at screen 0.36845,0.59375 right
set label 6 'narrow, batch 16, rate 0.01, projection, relu' at screen 0.36845,0.49554 right
set label 7 'narrow, batch 16, rate 0.01, projection, tanh' at screen 0.36845,0.39732 right
set label 8 'medium, batch 32, rate 0.02, none, relu' at screen 0.36845,0.29911 right
plot \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7, \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8
unset output
