# Draws pair_curves-2.svg; pair_curves-2.pdf, pair_curves-2.png: gnuplot -e "format = 'pdf'" pair_curves-2.gp
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
set output 'pair_curves-2.'.format
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
1 0.6036 0.5707304364931901 0.6364695635068099
2 0.6481333333333333 0.6294488302553636 0.6668178364113031
3 0.6628666666666666 0.6505524241077201 0.6751809092256131
4 0.6748 0.6683412419494491 0.6812587580505508
5 0.6858666666666666 0.6684753369998945 0.7032579963334388
6 0.6919333333333334 0.6769761560930535 0.7068905105736133
7 0.6947333333333333 0.6816606938472195 0.7078059728194471
8 0.6974 0.6847235934882443 0.7100764065117557
EOD
$panel1_line2 << EOD
1 0.5996666666666667 0.5746454266865528 0.6246879066467805
2 0.6408 0.6173752267887179 0.6642247732112821
3 0.6552666666666668 0.6416393353232174 0.6688939980101162
4 0.6637333333333334 0.654540904887012 0.6729257617796548
5 0.6734666666666668 0.6653738151905648 0.6815595181427687
6 0.6794666666666668 0.6744653790831662 0.6844679542501674
7 0.6820666666666666 0.6783377009675504 0.6857956323657828
8 0.6824666666666667 0.6803982086616497 0.6845351246716836
EOD
$panel2_line1 << EOD
1 -0.003933333333333307 -0.01190324827387976 0.004036581607213146
2 -0.00733333333333334 -0.012234917471703893 -0.0024317491949627885
3 -0.007600000000000014 -0.012339432689913714 -0.0028605673100863148
4 -0.011066666666666669 -0.013802979405994405 -0.008330353927338933
5 -0.012399999999999967 -0.024488335834508598 -0.0003116641654913356
6 -0.012466666666666662 -0.026433913661117213 0.0015005803277838882
7 -0.01266666666666664 -0.02246983494340806 -0.0028634983899252214
8 -0.014933333333333354 -0.025546543400048725 -0.004320123266617983
EOD
set xrange [1:8]
set xtics 2
set multiplot
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.95014
set bmargin at screen 0.60665
set yrange [0.64:0.72]
set ytics 0.02
set format y '%.2f'
set label 1 'activation: relu → tanh' at screen 0.53125,0.97230 center
set label 2 'epoch' at screen 0.53125,0.55402 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.09062,0.04986 to screen 0.14688,0.04986 nohead linestyle 1
set label 3 'relu' at screen 0.15937,0.04986
set arrow from screen 0.09062,0.02216 to screen 0.14688,0.02216 nohead linestyle 2
set label 4 'tanh' at screen 0.15937,0.02216
set arrow from screen 0.54531,0.04986 to screen 0.60156,0.04986 nohead linestyle 3
set label 5 'tanh minus relu' at screen 0.61406,0.04986
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.48476
set bmargin at screen 0.14127
set yrange [-0.03:0.005]
set ytics 0.005
set format y '%.3f'
set label 1 'difference' at screen 0.53125,0.50693 center
set label 2 'epoch' at screen 0.53125,0.08864 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 3
unset multiplot
unset output
