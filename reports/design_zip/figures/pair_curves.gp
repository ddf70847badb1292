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
1 0.5466 0.5235041980356587 0.5696958019643412
2 0.6127333333333334 0.5929577663772877 0.632508900289379
3 0.6362666666666666 0.6200124820202896 0.6525208513130437
4 0.6468666666666667 0.6356981721103144 0.658035161223019
5 0.6579333333333334 0.651761196697186 0.6641054699694807
6 0.6658666666666666 0.6559135686793985 0.6758197646539347
7 0.6670666666666666 0.6525874606315482 0.681545872701785
8 0.6673333333333332 0.6563880823760221 0.6782785842906444
EOD
$panel2_line1 << EOD
1 -0.006866666666666688 -0.012450913944842937 -0.0012824193884904377
2 -0.003466666666666692 -0.011436581607213012 0.004503248273879627
3 -0.003466666666666655 -0.008368250805037364 0.0014349174717040547
4 -0.001999999999999965 -0.012759499877170812 0.008759499877170882
5 -0.001200000000000016 -0.0037815916378495682 0.0013815916378495361
6 -0.00013333333333335565 -0.003044477066431704 0.002777810399764993
7 -0.00033333333333333365 -0.003565895581683554 0.002899228915016887
8 0.0002666666666666373 -0.0009836552292086542 0.0015169885625419288
EOD
set xrange [1:8]
set xtics 2
set multiplot
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.95014
set bmargin at screen 0.60665
set yrange [0.62:0.7]
set ytics 0.02
set format y '%.2f'
set label 1 'batch + rate: small + 0.01 → medium + 0.04' at screen 0.53125,0.97230 center
set label 2 'epoch' at screen 0.53125,0.55402 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.09062,0.04986 to screen 0.14688,0.04986 nohead linestyle 1
set label 3 'small + 0.01' at screen 0.15937,0.04986
set arrow from screen 0.09062,0.02216 to screen 0.14688,0.02216 nohead linestyle 2
set label 4 'medium + 0.04' at screen 0.15937,0.02216
set arrow from screen 0.54531,0.04986 to screen 0.60156,0.04986 nohead linestyle 3
set label 5 'medium + 0.04 minus small + 0.01' at screen 0.61406,0.04986
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.48476
set bmargin at screen 0.14127
set yrange [-0.015:0.01]
set ytics 0.005
set format y '%.3f'
set label 1 'difference' at screen 0.53125,0.50693 center
set label 2 'epoch' at screen 0.53125,0.08864 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 3
unset multiplot
unset output
