# Draws curves.svg; curves.pdf, curves.png: gnuplot -e "format = 'pdf'" curves.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,772 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,3.217in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,386 font 'sans-serif,12' background '#ffffff'
}
set output 'curves.'.format
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
1 0.44505533333333336 0.442648 0.447537
2 0.6430013333333333 0.640594 0.645483
3 0.7319443333333333 0.729537 0.734426
4 0.7719086666666667 0.769501 0.77439
EOD
$panel1_line2 << EOD
1 0.45108066666666663 0.448266 0.454044
2 0.651501 0.648686 0.654464
3 0.7415553333333333 0.738741 0.744518
4 0.78202 0.779205 0.784983
EOD
$panel1_line3 << EOD
1 0.45355 0.45355 0.45355
2 0.656445 0.656445 0.656445
3 0.747611 0.747611 0.747611
4 0.788575 0.788575 0.788575
EOD
$panel2_line1 << EOD
1 0.44505533333333336 0.442648 0.447537
2 0.6430013333333333 0.640594 0.645483
3 0.7319443333333333 0.729537 0.734426
4 0.7719086666666667 0.769501 0.77439
EOD
$panel2_line2 << EOD
1 0.45108066666666663 0.448266 0.454044
2 0.651501 0.648686 0.654464
3 0.7415553333333333 0.738741 0.744518
4 0.78202 0.779205 0.784983
EOD
$panel2_line3 << EOD
1 0.45355 0.45355 0.45355
2 0.656445 0.656445 0.656445
3 0.747611 0.747611 0.747611
4 0.788575 0.788575 0.788575
EOD
set xrange [1:4]
set xtics 1
set multiplot
set lmargin at screen 0.06905
set rmargin at screen 0.47857
set tmargin at screen 0.90674
set bmargin at screen 0.26425
set yrange [0.6:0.8]
set ytics 0.05
set format y '%.2f'
set label 1 'validation' at screen 0.27381,0.94819 center
set label 2 'epoch' at screen 0.27381,0.16580 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line3 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2, \
  $panel1_line3 using 1:2 with lines linestyle 3
set arrow from screen 0.06905,0.09326 to screen 0.11190,0.09326 nohead linestyle 1
set label 3 'no skip (baseline)' at screen 0.12143,0.09326
set arrow from screen 0.06905,0.04145 to screen 0.11190,0.04145 nohead linestyle 2
set label 4 'skip' at screen 0.12143,0.04145
set arrow from screen 0.53452,0.09326 to screen 0.57738,0.09326 nohead linestyle 3
set label 5 'skip, wide' at screen 0.58690,0.09326
set lmargin at screen 0.56905
set rmargin at screen 0.97857
set tmargin at screen 0.90674
set bmargin at screen 0.26425
set yrange [0.6:0.8]
set ytics 0.05
set format y '%.2f'
set label 1 'test' at screen 0.77381,0.94819 center
set label 2 'epoch' at screen 0.77381,0.16580 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel2_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel2_line3 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 1, \
  $panel2_line2 using 1:2 with lines linestyle 2, \
  $panel2_line3 using 1:2 with lines linestyle 3
unset multiplot
unset output
