# Draws contrast.svg; contrast.pdf, contrast.png: gnuplot -e "format = 'pdf'" contrast.gp
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
0.007399999999999962 -0.24724267293774432 0.26204267293774425 1
EOD
$dots << EOD
0.009399999999999964 1.27
0.00539999999999996 1.27
EOD
set xrange [-0.3:0.3]
set xtics 0.1
set format x '%.1f'
set lmargin at screen 0.40905
set rmargin at screen 0.88690
set tmargin at screen 0.84783
set bmargin at screen 0.60870
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [1.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.64798,0.17391 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'width: 64 → 128, rate 0.05 (others were stopped)' at screen 0.39238,0.72826 right
set label 3 'cannot say' at screen 0.90357,0.72826 left
plot \
  $dots using 1:2 with points linecolor rgb '#999999' pointtype 7 pointsize 0.5, \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7
unset output
