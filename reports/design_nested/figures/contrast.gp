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
$open << EOD
0.02483333333333334 -0.01972638548067656 0.06939305214734323 1
0.03269999999999995 -0.011859718814012273 0.07725971881401217 2
0.02130000000000004 -0.04872241527916152 0.0913224152791616 3
0.020500000000000018 -0.13864185290717893 0.17964185290717896 4
0.02483333333333334 -0.01972638548067656 0.06939305214734323 5
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
0.02413333333333334 5.27
0.025533333333333335 5.27
EOD
set xrange [-0.15:0.2]
set xtics 0.05
set format x '%.2f'
set lmargin at screen 0.33726
set rmargin at screen 0.88690
set tmargin at screen 0.92222
set bmargin at screen 0.31111
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [5.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.61208,0.08889 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'all settings' at screen 0.32060,0.86111 right
set label 3 'width + batch + rate narrow + 16 + 0.01' at screen 0.32060,0.73889 right
set label 4 'width + batch + rate medium + 32 + 0.02' at screen 0.32060,0.61667 right
set label 5 'width + batch + rate wide + 64 + 0.04' at screen 0.32060,0.49444 right
set label 6 'activation relu' at screen 0.32060,0.37222 right
set label 7 'cannot say' at screen 0.90357,0.86111 left
set label 8 'cannot say' at screen 0.90357,0.73889 left
set label 9 'cannot say' at screen 0.90357,0.61667 left
set label 10 'cannot say' at screen 0.90357,0.49444 left
set label 11 'cannot say' at screen 0.90357,0.37222 left
plot \
  $dots using 1:2 with points linecolor rgb '#999999' pointtype 7 pointsize 0.5, \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7
unset output
