# Draws curves.svg; curves.pdf, curves.png: gnuplot -e "format = 'pdf'" curves.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,732 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,3.050in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,366 font 'sans-serif,12' background '#ffffff'
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
1 0.6858662442005206 0.6858662442005206 0.6858662442005206
2 0.7113273735430576 0.7113273735430576 0.7113273735430576
3 0.7396175172569877 0.7396175172569877 0.7396175172569877
4 0.7559126400362114 0.7559126400362114 0.7559126400362114
5 0.7710761570668779 0.7710761570668779 0.7710761570668779
6 0.7805816453547584 0.7805816453547584 0.7805816453547584
EOD
$panel2_line1 << EOD
1 0.6845070422535211 0.6845070422535211 0.6845070422535211
2 0.7145326504481434 0.7145326504481434 0.7145326504481434
3 0.7412932138284251 0.7412932138284251 0.7412932138284251
4 0.7526248399487836 0.7526248399487836 0.7526248399487836
5 0.7673495518565941 0.7673495518565941 0.7673495518565941
6 0.7832906530089628 0.7832906530089628 0.7832906530089628
EOD
set xrange [1:6]
set xtics 1
set multiplot
set lmargin at screen 0.06905
set rmargin at screen 0.47857
set tmargin at screen 0.90164
set bmargin at screen 0.22404
set yrange [0.7:0.8]
set ytics 0.02
set format y '%.2f'
set label 1 'validation' at screen 0.27381,0.94536 center
set label 2 'epoch' at screen 0.27381,0.12022 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1
set arrow from screen 0.06905,0.04372 to screen 0.11190,0.04372 nohead linestyle 1
set label 3 'one' at screen 0.12143,0.04372
set lmargin at screen 0.56905
set rmargin at screen 0.97857
set tmargin at screen 0.90164
set bmargin at screen 0.22404
set yrange [0.7:0.8]
set ytics 0.02
set format y '%.2f'
set label 1 'test' at screen 0.77381,0.94536 center
set label 2 'epoch' at screen 0.77381,0.12022 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 1
unset multiplot
unset output
