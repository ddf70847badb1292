# Draws contrast.svg; contrast.pdf, contrast.png: gnuplot -e "format = 'pdf'" contrast.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,360 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,1.500in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,180 font 'sans-serif,12' background '#ffffff'
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
-0.03526666666666667 -0.06852764475385756 -0.0020056885794757853 3
EOD
$open << EOD
-0.013399999999999967 -0.02748255630060827 0.0006825563006083342 1
-0.014933333333333354 -0.039414613228931875 0.009547946562265163 2
0.00993333333333335 -0.018192893273084886 0.03805955993975159 4
-0.0010000000000000009 -0.010096269045755257 0.008096269045755255 5
EOD
$dots << EOD
-0.016199999999999992 1.27
-0.011599999999999944 1.27
-0.012399999999999967 1.27
-0.01980000000000004 2.27
-0.011800000000000033 2.27
-0.01319999999999999 2.27
-0.041200000000000014 3.27
-0.02959999999999996 3.27
-0.03500000000000003 3.27
0.007199999999999984 4.27
0.015600000000000058 4.27
0.007000000000000006 4.27
-0.0016000000000000458 5.27
0.0008000000000000229 5.27
-0.0021999999999999797 5.27
EOD
$outer << EOD
-0.013399999999999967 -0.02748255630060827 0.0006825563006083342 1
-0.014933333333333354 -0.039414613228931875 0.009547946562265163 2
-0.03526666666666667 -0.06852764475385756 -0.0020056885794757853 3
0.00993333333333335 -0.018192893273084886 0.03805955993975159 4
-0.0010000000000000009 -0.010096269045755257 0.008096269045755255 5
EOD
set xrange [-0.08:0.04]
set xtics 0.02
set format x '%.2f'
set lmargin at screen 0.24155
set rmargin at screen 0.88690
set tmargin at screen 0.92222
set bmargin at screen 0.31111
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [5.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.56423,0.08889 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'skip: projection → none' at screen 0.22488,0.86111 right
set label 3 'activation: relu → tanh' at screen 0.22488,0.73889 right
set label 4 'init: he_normal → normal' at screen 0.22488,0.61667 right
set label 5 'schedule: cosine → constant' at screen 0.22488,0.49444 right
set label 6 'train_biases: true → false' at screen 0.22488,0.37222 right
set label 7 'cannot say' at screen 0.90357,0.86111 left
set label 8 'cannot say' at screen 0.90357,0.73889 left
set label 9 'worse' at screen 0.90357,0.61667 left
set label 10 'cannot say' at screen 0.90357,0.49444 left
set label 11 'cannot say' at screen 0.90357,0.37222 left
plot \
  $dots using 1:2 with points linecolor rgb '#999999' pointtype 7 pointsize 0.5, \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7, \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8, \
  $outer using 1:4:2:3 with xerrorbars linecolor rgb '#444444' linewidth 0.8 pointtype 0
unset output
