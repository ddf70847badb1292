# Draws pair_curves.svg; pair_curves.pdf, pair_curves.png: gnuplot -e "format = 'pdf'" pair_curves.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1280,1444 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 5.250in,5.923in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 640,722 font 'sans-serif,12' background '#ffffff'
}
set output 'pair_curves.'.format
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
1 0.6637163907289505 0.6607940658483625 0.6666387156095385
2 0.7125320136547089 0.7033495123874518 0.7217145149219659
3 0.7317061424255371 0.7284853565220377 0.7349269283290365
4 0.7399968057870865 0.7377244349874048 0.7422691765867682
EOD
$panel1_line2 << EOD
1 0.6797535121440887 0.6738424407314452 0.6856645835567323
2 0.7167093604803085 0.7089640325635412 0.7244546883970758
3 0.7346511036157608 0.7265519369902496 0.742750270241272
4 0.7441581338644028 0.7395702685833089 0.7487459991454967
EOD
$panel2_line1 << EOD
1 0.016037121415138245 0.009719204303210601 0.022355038527065888
2 0.00417734682559967 -0.001921538510402031 0.010276232161601371
3 0.002944961190223694 -0.00481552087234541 0.010705443252792797
4 0.004161328077316284 0.0016370448825276784 0.00668561127210489
EOD
set xrange [1:4]
set xtics 1
set multiplot
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.95014
set bmargin at screen 0.60665
set yrange [0.7:0.75]
set ytics 0.01
set format y '%.2f'
set label 1 'skip: none → projection' at screen 0.53125,0.97230 center
set label 2 'epoch' at screen 0.53125,0.55402 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.09062,0.04986 to screen 0.14688,0.04986 nohead linestyle 1
set label 3 'none' at screen 0.15937,0.04986
set arrow from screen 0.09062,0.02216 to screen 0.14688,0.02216 nohead linestyle 2
set label 4 'projection' at screen 0.15937,0.02216
set arrow from screen 0.54531,0.04986 to screen 0.60156,0.04986 nohead linestyle 3
set label 5 'projection minus none' at screen 0.61406,0.04986
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.48476
set bmargin at screen 0.14127
set yrange [-0.005:0.015]
set ytics 0.005
set format y '%.3f'
set label 1 'difference' at screen 0.53125,0.50693 center
set label 2 'epoch' at screen 0.53125,0.08864 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 3
unset multiplot
unset output
