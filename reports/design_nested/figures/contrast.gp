# Draws contrast.svg; contrast.pdf, contrast.png: gnuplot -e "format = 'pdf'" contrast.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,316 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,1.317in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,158 font 'sans-serif,12' background '#ffffff'
}
set output 'contrast.'.format
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
$open << EOD
0.02483333333333334 -0.010812792312206373 0.06047945897887305 1
0.03269999999999995 -0.002946125645541614 0.06834612564554152 2
0.02130000000000004 -0.0347153403001363 0.07731534030013638 3
0.020500000000000018 -0.10680759159121384 0.14780759159121387 4
EOD
$dots << EOD
0.02413333333333334 1.27
0.025533333333333335 1.27
0.03199999999999992 2.27
0.033399999999999985 2.27
0.022400000000000087 3.27
0.020199999999999996 3.27
0.018000000000000016 4.27
0.02300000000000002 4.27
EOD
set xrange [-0.15:0.15]
set xtics 0.05
set format x '%.2f'
set lmargin at screen 0.33726
set rmargin at screen 0.88690
set tmargin at screen 0.91139
set bmargin at screen 0.35443
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [4.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.61208,0.10127 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'all settings' at screen 0.32060,0.84177 right
set label 3 'width + batch + rate narrow + 16 + 0.01' at screen 0.32060,0.70253 right
set label 4 'width + batch + rate medium + 32 + 0.02' at screen 0.32060,0.56329 right
set label 5 'width + batch + rate wide + 64 + 0.04' at screen 0.32060,0.42405 right
set label 6 'cannot say' at screen 0.90357,0.84177 left
set label 7 'cannot say' at screen 0.90357,0.70253 left
set label 8 'cannot say' at screen 0.90357,0.56329 left
set label 9 'cannot say' at screen 0.90357,0.42405 left
plot \
  $dots using 1:2 with points linecolor rgb '#999999' pointtype 7 pointsize 0.5, \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7
unset output
