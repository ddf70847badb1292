# Draws contrast.svg; contrast.pdf, contrast.png: gnuplot -e "format = 'pdf'" contrast.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,272 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,1.133in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,136 font 'sans-serif,12' background '#ffffff'
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
$clear << EOD
0.06760563380281692 0.0661336082394488 0.06907765936618504 1
0.0038028169014084233 0.0009841785846903552 0.006621455218126491 2
EOD
$open << EOD
0 -0.0012187268845891685 0.0012187268845891685 3
EOD
$dots << EOD
0.0681177976952625 1.27
0.06670934699103714 1.27
0.06670934699103714 1.27
0.06805377720870687 1.27
0.06843790012804096 1.27
0.004353393085787416 2.27
0.0040973111395646855 2.27
0.005889884763124131 2.27
0.0016005121638924535 2.27
0.003072983354673431 2.27
0.0003841229193342066 3.27
-0.0002560819462227304 3.27
0.0009603072983354055 3.27
-0.0008322663252240403 3.27
-0.0002560819462228414 3.27
EOD
$outer << EOD
0.06760563380281692 0.063363735771265 0.07184753183436879 1
0.0038028169014084233 0.0009841785846903552 0.006621455218126491 2
0 -0.002538061802228833 0.002538061802228833 3
EOD
set xrange [-0.01:0.08]
set xtics 0.01
set format x '%.2f'
set lmargin at screen 0.43298
set rmargin at screen 0.88690
set tmargin at screen 0.89706
set bmargin at screen 0.41176
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [3.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.65994,0.11765 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'train_on: [train] → [train, test]' at screen 0.41631,0.81618 right
set label 3 'skip: projection → none' at screen 0.41631,0.65441 right
set label 4 'shuffle + train_biases: false + false → true + true' at screen 0.41631,0.49265 right
set label 5 'better' at screen 0.90357,0.81618 left
set label 6 'better' at screen 0.90357,0.65441 left
set label 7 'cannot say' at screen 0.90357,0.49265 left
plot \
  $dots using 1:2 with points linecolor rgb '#999999' pointtype 7 pointsize 0.5, \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7, \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8, \
  $outer using 1:4:2:3 with xerrorbars linecolor rgb '#444444' linewidth 0.8 pointtype 0
unset output
