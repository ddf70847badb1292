# Draws pair_curves-4.svg; pair_curves-4.pdf, pair_curves-4.png: gnuplot -e "format = 'pdf'" pair_curves-4.gp
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
set output 'pair_curves-4.'.format
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
1 0.6036 0.5707304364931901 0.6364695635068099
2 0.6488 0.6290827681768147 0.6685172318231853
3 0.6624666666666666 0.6499930957461174 0.6749402375872159
4 0.6757333333333334 0.6618103379454938 0.689656328721173
5 0.6890666666666667 0.676012922838928 0.7021204104944054
6 0.6939333333333333 0.6634914106727874 0.7243752559938792
7 0.7056 0.6896627512588936 0.7215372487411064
8 0.7073333333333333 0.6966159751522437 0.7180506915144228
EOD
$panel2_line1 << EOD
1 0 0 0
2 0.0006666666666667043 -0.00036756233584163455 0.001700895669175043
3 -0.00039999999999999297 -0.00126053054594995 0.0004605305459499639
4 0.0009333333333333785 -0.00942088322659041 0.011287549893257165
5 0.0032000000000000175 -0.005756685895029628 0.012156685895029662
6 0.0020000000000000018 -0.014752741834528564 0.018752741834528568
7 0.010866666666666691 0.007998231513500459 0.013735101819832923
8 0.00993333333333335 -0.0022600467771413755 0.022126713443808073
EOD
set xrange [1:8]
set xtics 2
set multiplot
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.95014
set bmargin at screen 0.60665
set yrange [0.64:0.74]
set ytics 0.02
set format y '%.2f'
set label 1 'schedule: cosine → constant' at screen 0.53125,0.97230 center
set label 2 'epoch' at screen 0.53125,0.55402 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.09062,0.04986 to screen 0.14688,0.04986 nohead linestyle 1
set label 3 'cosine' at screen 0.15937,0.04986
set arrow from screen 0.09062,0.02216 to screen 0.14688,0.02216 nohead linestyle 2
set label 4 'constant' at screen 0.15937,0.02216
set arrow from screen 0.54531,0.04986 to screen 0.60156,0.04986 nohead linestyle 3
set label 5 'constant minus cosine' at screen 0.61406,0.04986
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.48476
set bmargin at screen 0.14127
set yrange [-0.02:0.03]
set ytics 0.01
set format y '%.2f'
set label 1 'difference' at screen 0.53125,0.50693 center
set label 2 'epoch' at screen 0.53125,0.08864 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 3
unset multiplot
unset output
