# Draws learning_rate.svg; learning_rate.pdf, learning_rate.png: gnuplot -e "format = 'pdf'" learning_rate.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1280,772 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 5.250in,3.166in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 640,386 font 'sans-serif,12' background '#ffffff'
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
2 0.009619397662556433 0.009619397662556433 0.009619397662556433
3 0.008535533905932738 0.008535533905932738 0.008535533905932738
4 0.00691341716182545 0.00691341716182545 0.00691341716182545
5 0.005 0.005 0.005
6 0.003086582838174551 0.003086582838174551 0.003086582838174551
7 0.0014644660940672622 0.0014644660940672622 0.0014644660940672622
8 0.00038060233744356627 0.0003806023374435663 0.0003806023374435663
EOD
$panel1_line2 << EOD
1 0.04 0.04 0.04
2 0.03847759065022573 0.03847759065022573 0.03847759065022573
3 0.03414213562373095 0.03414213562373095 0.03414213562373095
4 0.0276536686473018 0.0276536686473018 0.0276536686473018
5 0.02 0.02 0.02
6 0.012346331352698204 0.012346331352698204 0.012346331352698204
7 0.005857864376269049 0.005857864376269049 0.005857864376269049
8 0.001522409349774265 0.0015224093497742653 0.0015224093497742653
EOD
$panel1_line3 << EOD
1 0.16 0.16 0.16
2 0.15391036260090293 0.15391036260090293 0.15391036260090293
3 0.1365685424949238 0.1365685424949238 0.1365685424949238
4 0.1106146745892072 0.1106146745892072 0.1106146745892072
5 0.08 0.08 0.08
6 0.04938532541079282 0.04938532541079282 0.04938532541079282
7 0.023431457505076195 0.023431457505076195 0.023431457505076195
8 0.00608963739909706 0.006089637399097061 0.006089637399097061
EOD
set xrange [1:8]
set xtics 2
set multiplot
set arrow from screen 0.09062,0.09326 to screen 0.14688,0.09326 nohead linestyle 1
set label 3 'batch=small,rate=0.01' at screen 0.15937,0.09326
set arrow from screen 0.09062,0.04145 to screen 0.14688,0.04145 nohead linestyle 2
set label 4 'batch=medium,rate=0.04' at screen 0.15937,0.04145
set arrow from screen 0.54531,0.09326 to screen 0.60156,0.09326 nohead linestyle 3
set label 5 'batch=large,rate=0.16' at screen 0.61406,0.09326
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.90674
set bmargin at screen 0.26425
set yrange [0:0.2]
set ytics 0.05
set format y '%.2f'
set label 1 'learning rate' at screen 0.53125,0.94819 center
set label 2 'epoch' at screen 0.53125,0.16580 center
plot \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2, \
  $panel1_line3 using 1:2 with lines linestyle 3
unset multiplot
unset output
