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
1 0.5522666666666666 0.5058077567204537 0.5987255766128794
2 0.6240666666666667 0.5956025962472185 0.6525307370861149
3 0.649 0.6273608932677215 0.6706391067322786
4 0.6581333333333333 0.6578464898180167 0.65842017684865
5 0.6728 0.6635184955537193 0.6820815044462806
6 0.6803333333333335 0.6716946276161998 0.6889720390504671
7 0.6817333333333333 0.6729810800622072 0.6904855866044594
8 0.6840000000000002 0.6774275893922718 0.6905724106077286
EOD
$panel2_line1 << EOD
1 -0.05133333333333334 -0.08490628065737375 -0.01776038600929293
2 -0.02406666666666668 -0.0366486055150788 -0.011484727818254565
3 -0.013866666666666694 -0.04032632902645003 0.012592995693116647
4 -0.016666666666666646 -0.02313179116336695 -0.01020154216996634
5 -0.013066666666666671 -0.021325568451374927 -0.004807764881958415
6 -0.01159999999999998 -0.01973341740183534 -0.0034665825981646196
7 -0.012999999999999937 -0.02050193137525088 -0.005498068624748992
8 -0.013399999999999967 -0.019505119051458283 -0.00729488094854165
EOD
set xrange [1:8]
set xtics 2
set multiplot
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.95014
set bmargin at screen 0.60665
set yrange [0.62:0.72]
set ytics 0.02
set format y '%.2f'
set label 1 'skip: projection → none' at screen 0.53125,0.97230 center
set label 2 'epoch' at screen 0.53125,0.55402 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.09062,0.04986 to screen 0.14688,0.04986 nohead linestyle 1
set label 3 'projection' at screen 0.15937,0.04986
set arrow from screen 0.09062,0.02216 to screen 0.14688,0.02216 nohead linestyle 2
set label 4 'none' at screen 0.15937,0.02216
set arrow from screen 0.54531,0.04986 to screen 0.60156,0.04986 nohead linestyle 3
set label 5 'none minus projection' at screen 0.61406,0.04986
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.48476
set bmargin at screen 0.14127
set yrange [-0.05:0.02]
set ytics 0.01
set format y '%.2f'
set label 1 'difference' at screen 0.53125,0.50693 center
set label 2 'epoch' at screen 0.53125,0.08864 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 3
unset multiplot
unset output
