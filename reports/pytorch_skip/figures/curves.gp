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
1 0.6735513806343079 0.6584427356719971 0.6856043338775635
2 0.7193583101034164 0.7082390189170837 0.7295156121253967
3 0.7389655858278275 0.7340425252914429 0.7470574975013733
4 0.7483024001121521 0.7398144006729126 0.7554323077201843
EOD
$panel1_line2 << EOD
1 0.6891410052776337 0.681869626045227 0.700995922088623
2 0.7224139869213104 0.7163875102996826 0.7347216010093689
3 0.7418515235185623 0.7358533143997192 0.7522634863853455
4 0.7507356256246567 0.7434359192848206 0.7549796104431152
EOD
$panel2_line1 << EOD
1 0.6637163907289505 0.6616517305374146 0.6660051345825195
2 0.7125320136547089 0.7052496671676636 0.7174776196479797
3 0.7317061424255371 0.7291933298110962 0.7341229319572449
4 0.7399968057870865 0.7385403513908386 0.7419334053993225
EOD
$panel2_line2 << EOD
1 0.6797535121440887 0.676952600479126 0.6849551796913147
2 0.7167093604803085 0.7124840021133423 0.7234315276145935
3 0.7346511036157608 0.7274647951126099 0.7394366264343262
4 0.7441581338644028 0.7404609322547913 0.7473111152648926
EOD
set xrange [1:4]
set xtics 1
set multiplot
set lmargin at screen 0.06905
set rmargin at screen 0.47857
set tmargin at screen 0.90164
set bmargin at screen 0.22404
set yrange [0.7:0.76]
set ytics 0.01
set format y '%.2f'
set label 1 'validation' at screen 0.27381,0.94536 center
set label 2 'epoch' at screen 0.27381,0.12022 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.06905,0.04372 to screen 0.11190,0.04372 nohead linestyle 1
set label 3 'none (baseline)' at screen 0.12143,0.04372
set arrow from screen 0.53452,0.04372 to screen 0.57738,0.04372 nohead linestyle 2
set label 4 'projection' at screen 0.58690,0.04372
set lmargin at screen 0.56905
set rmargin at screen 0.97857
set tmargin at screen 0.90164
set bmargin at screen 0.22404
set yrange [0.7:0.76]
set ytics 0.01
set format y '%.2f'
set label 1 'test' at screen 0.77381,0.94536 center
set label 2 'epoch' at screen 0.77381,0.12022 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel2_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 1, \
  $panel2_line2 using 1:2 with lines linestyle 2
unset multiplot
unset output
