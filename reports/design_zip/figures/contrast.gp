# Draws contrast.svg; contrast.pdf, contrast.png: gnuplot -e "format = 'pdf'" contrast.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,228 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,0.950in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,114 font 'sans-serif,12' background '#ffffff'
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
0.0002666666666666373 -0.0015365653122037908 0.0020698986455370653 1
0.0011333333333333195 -0.0005214258177520163 0.002788092484418655 2
EOD
$dots << EOD
0.00019999999999997797 1.27
0.0008000000000000229 1.27
-0.000200000000000089 1.27
0.0013999999999999568 2.27
0.0006000000000000449 2.27
0.0013999999999999568 2.27
EOD
$outer << EOD
0.0002666666666666373 -0.0015365653122037908 0.0020698986455370653 1
0.0011333333333333195 -0.0005902582036176982 0.002856924870284365 2
EOD
set xrange [-0.002:0.003]
set xtics 0.001
set format x '%.3f'
set lmargin at screen 0.36119
set rmargin at screen 0.88690
set tmargin at screen 0.87719
set bmargin at screen 0.49123
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [2.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.62405,0.14035 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'batch + rate: small + 0.01 → medium + 0.04' at screen 0.34452,0.78070 right
set label 3 'batch + rate: small + 0.01 → large + 0.16' at screen 0.34452,0.58772 right
set label 4 'cannot say' at screen 0.90357,0.78070 left
set label 5 'cannot say' at screen 0.90357,0.58772 left
plot \
  $dots using 1:2 with points linecolor rgb '#999999' pointtype 7 pointsize 0.5, \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7, \
  $outer using 1:4:2:3 with xerrorbars linecolor rgb '#444444' linewidth 0.8 pointtype 0
unset output
