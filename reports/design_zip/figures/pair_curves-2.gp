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
1 0.5534666666666667 0.5256739130967673 0.5812594202365661
2 0.6162 0.6024764037505801 0.6299235962494198
3 0.6397333333333334 0.6283785321474248 0.651088134519242
4 0.6488666666666667 0.6412612554876258 0.6564720778457076
5 0.6591333333333333 0.6503810800622073 0.6678855866044594
6 0.666 0.6536390745236257 0.6783609254763744
7 0.6674000000000001 0.6537847496264285 0.6810152503735717
8 0.6670666666666666 0.6566175278780151 0.6775158054553181
EOD
$panel1_line2 << EOD
1 0.5288 0.48358050492273574 0.5740194950772644
2 0.5910666666666667 0.5538664797970568 0.6282668535362766
3 0.6308666666666666 0.6025155551000008 0.6592177782333324
4 0.6402 0.6284849793255962 0.6519150206744038
5 0.6556000000000001 0.6463986251491802 0.6648013748508199
6 0.6664 0.6555718947526419 0.6772281052473581
7 0.6694666666666667 0.6582871269506448 0.6806462063826885
8 0.6682 0.6576256236166177 0.6787743763833823
EOD
$panel2_line1 << EOD
1 -0.024666666666666653 -0.04256165633614254 -0.006771676997190765
2 -0.02513333333333334 -0.049070592254779735 -0.001196074411886943
3 -0.00886666666666669 -0.030689407621735134 0.012956074288401755
4 -0.008666666666666675 -0.027298251527218792 0.00996491819388544
5 -0.003533333333333314 -0.005051166546772002 -0.0020155001198946267
6 0.00039999999999999297 -0.005132437369538333 0.00593243736953832
7 0.002066666666666698 -0.002441433039746445 0.006574766373079841
8 0.0011333333333333195 -1.4040727933077417e-05 0.0022807073945997165
EOD
set xrange [1:8]
set xtics 2
set multiplot
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.95014
set bmargin at screen 0.60665
set yrange [0.6:0.7]
set ytics 0.02
set format y '%.2f'
set label 1 'batch + rate: small + 0.01 → large + 0.16' at screen 0.53125,0.97230 center
set label 2 'epoch' at screen 0.53125,0.55402 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.09062,0.04986 to screen 0.14688,0.04986 nohead linestyle 1
set label 3 'small + 0.01' at screen 0.15937,0.04986
set arrow from screen 0.09062,0.02216 to screen 0.14688,0.02216 nohead linestyle 2
set label 4 'large + 0.16' at screen 0.15937,0.02216
set arrow from screen 0.54531,0.04986 to screen 0.60156,0.04986 nohead linestyle 3
set label 5 'large + 0.16 minus small + 0.01' at screen 0.61406,0.04986
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.48476
set bmargin at screen 0.14127
set yrange [-0.04:0.02]
set ytics 0.01
set format y '%.2f'
set label 1 'difference' at screen 0.53125,0.50693 center
set label 2 'epoch' at screen 0.53125,0.08864 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 3
unset multiplot
unset output
