# Draws pair_curves-3.svg; pair_curves-3.pdf, pair_curves-3.png: gnuplot -e "format = 'pdf'" pair_curves-3.gp
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
set output 'pair_curves-3.'.format
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
1 0.4805333333333333 0.4629233840605411 0.4981432826061255
2 0.5976 0.5824895802068644 0.6127104197931357
3 0.6253333333333333 0.6096510970255699 0.6410155696410967
4 0.6396000000000001 0.6370184083621504 0.6421815916378497
5 0.6541333333333333 0.6526155001198946 0.6556511665467721
6 0.6588666666666668 0.6561303539273391 0.6616029794059946
7 0.6615333333333333 0.6550491470031394 0.6680175196635272
8 0.6621333333333334 0.657652694388258 0.6666139722784087
EOD
$panel2_line1 << EOD
1 -0.12306666666666666 -0.13896773545476987 -0.10716559787856346
2 -0.05053333333333332 -0.05451829080360661 -0.04654837586306003
3 -0.03753333333333334 -0.05079344853911706 -0.024273218127549623
4 -0.035199999999999974 -0.04215558559290092 -0.028244414407099027
5 -0.031733333333333315 -0.047642161895198674 -0.015824504771467955
6 -0.03306666666666661 -0.04879605194561375 -0.017337281387719478
7 -0.03320000000000001 -0.04339404887562504 -0.023005951124374972
8 -0.03526666666666667 -0.049686082194334416 -0.020847251138998917
EOD
set xrange [1:8]
set xtics 2
set multiplot
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.95014
set bmargin at screen 0.60665
set yrange [0.6:0.72]
set ytics 0.02
set format y '%.2f'
set label 1 'init: he_normal → normal' at screen 0.53125,0.97230 center
set label 2 'epoch' at screen 0.53125,0.55402 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.09062,0.04986 to screen 0.14688,0.04986 nohead linestyle 1
set label 3 'he_normal' at screen 0.15937,0.04986
set arrow from screen 0.09062,0.02216 to screen 0.14688,0.02216 nohead linestyle 2
set label 4 'normal' at screen 0.15937,0.02216
set arrow from screen 0.54531,0.04986 to screen 0.60156,0.04986 nohead linestyle 3
set label 5 'normal minus he_normal' at screen 0.61406,0.04986
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.48476
set bmargin at screen 0.14127
set yrange [-0.06:0]
set ytics 0.01
set format y '%.2f'
set label 1 'difference' at screen 0.53125,0.50693 center
set label 2 'epoch' at screen 0.53125,0.08864 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 3
unset multiplot
unset output
