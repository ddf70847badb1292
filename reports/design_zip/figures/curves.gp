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
1 0.572002007024586 0.5584545910687406 0.5900652282990466
2 0.6302057200200702 0.6201705970898144 0.640742599096839
3 0.6512794781736077 0.6412443552433518 0.6562970396387355
4 0.6638233818364275 0.6567987957852484 0.6733567486201706
5 0.6720187322294698 0.6623181133968891 0.6778725539387858
6 0.6812175949155378 0.6653286502759659 0.68941294530858
7 0.6808830908178626 0.6703462117410939 0.6879076768690416
8 0.6798795785248369 0.6688409433015554 0.6879076768690416
EOD
$panel1_line2 << EOD
1 0.5612978758989798 0.5484194681384847 0.5790265930757652
2 0.6226793778223784 0.6071249372804817 0.6387355745107878
3 0.6479344371968557 0.6352232814851982 0.6547917711991972
4 0.6658304064224788 0.6598093326643252 0.6718514801806322
5 0.6720187322294698 0.6633216256899147 0.6823883592574009
6 0.6800468305736745 0.6638233818364275 0.68941294530858
7 0.6798795785248369 0.6683391871550427 0.68941294530858
8 0.6807158387690248 0.6693426994480682 0.68941294530858
EOD
$panel1_line3 << EOD
1 0.543736410771032 0.5288509784244857 0.557451078775715
2 0.6014383676200034 0.579528349222278 0.6131460110386352
3 0.6402408429503262 0.6322127446061214 0.650275965880582
4 0.6547917711991972 0.6487706974410437 0.6613146011038635
5 0.6738585047666833 0.6623181133968891 0.6813848469643753
6 0.6748620170597089 0.6613146011038635 0.6838936276969393
7 0.681552099013213 0.6698444555945811 0.6909182137481185
8 0.6823883592574008 0.6698444555945811 0.6929252383341696
EOD
$panel2_line1 << EOD
1 0.5534666666666667 0.5408 0.562
2 0.6162 0.6104 0.6214
3 0.6397333333333334 0.6368 0.645
4 0.6488666666666667 0.6454 0.6512
5 0.6591333333333333 0.657 0.6632
6 0.666 0.6616 0.6714
7 0.6674000000000001 0.6632 0.6736
8 0.6670666666666666 0.663 0.6714
EOD
$panel2_line2 << EOD
1 0.5466 0.5364 0.5546
2 0.6127333333333334 0.6036 0.6182
3 0.6362666666666666 0.632 0.6438
4 0.6468666666666667 0.643 0.6518
5 0.6579333333333334 0.6564 0.6608
6 0.6658666666666666 0.6628 0.6704
7 0.6670666666666666 0.6616 0.6732
8 0.6673333333333332 0.6628 0.6716
EOD
$panel2_line3 << EOD
1 0.5288 0.5088 0.5444
2 0.5910666666666667 0.5742 0.6028
3 0.6308666666666666 0.6184 0.6408
4 0.6402 0.635 0.6442
5 0.6556000000000001 0.6528 0.6598
6 0.6664 0.6634 0.6714
7 0.6694666666666667 0.665 0.674
8 0.6682 0.6644 0.6728
EOD
set xrange [1:8]
set xtics 2
set multiplot
set lmargin at screen 0.06905
set rmargin at screen 0.47857
set tmargin at screen 0.90674
set bmargin at screen 0.26425
set yrange [0.6:0.7]
set ytics 0.02
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
set label 3 'small, rate 0.01 (baseline)' at screen 0.12143,0.09326
set arrow from screen 0.06905,0.04145 to screen 0.11190,0.04145 nohead linestyle 2
set label 4 'medium, rate 0.04' at screen 0.12143,0.04145
set arrow from screen 0.53452,0.09326 to screen 0.57738,0.09326 nohead linestyle 3
set label 5 'large, rate 0.16' at screen 0.58690,0.09326
set lmargin at screen 0.56905
set rmargin at screen 0.97857
set tmargin at screen 0.90674
set bmargin at screen 0.26425
set yrange [0.6:0.7]
set ytics 0.02
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
