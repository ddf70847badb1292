# Draws learning_rate.svg; learning_rate.pdf, learning_rate.png: gnuplot -e "format = 'pdf'" learning_rate.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1280,1012 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 5.250in,4.151in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 640,506 font 'sans-serif,12' background '#ffffff'
}
set output 'learning_rate.'.format
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
1 0.0393 0.0393 0.0393
2 0.03666739918436422 0.03666739918436422 0.03666739918436422
3 0.029475 0.029475 0.029475
4 0.01965 0.01965 0.01965
5 0.009825000000000002 0.009825000000000002 0.009825000000000002
6 0.0026326008156357795 0.0026326008156357795 0.0026326008156357795
EOD
$panel1_line2 << EOD
1 0.007362 0.007362 0.007362
2 0.006868839511330519 0.006868839511330519 0.006868839511330519
3 0.0055214999999999995 0.0055214999999999995 0.0055214999999999995
4 0.003681 0.003681 0.003681
5 0.0018405000000000003 0.0018405000000000003 0.0018405000000000003
6 0.000493160488669481 0.000493160488669481 0.000493160488669481
EOD
$panel1_line3 << EOD
1 0.006013 0.006013 0.006013
2 0.005610205376477916 0.005610205376477916 0.005610205376477916
3 0.00450975 0.00450975 0.00450975
4 0.0030065 0.0030065 0.0030065
5 0.0015032500000000005 0.0015032500000000005 0.0015032500000000005
6 0.00040279462352208503 0.00040279462352208503 0.00040279462352208503
EOD
$panel1_line4 << EOD
1 0.005641 0.005641 0.005641
2 0.0052631246513740095 0.0052631246513740095 0.0052631246513740095
3 0.00423075 0.00423075 0.00423075
4 0.0028205 0.0028205 0.0028205
5 0.0014102500000000003 0.0014102500000000003 0.0014102500000000003
6 0.00037787534862599066 0.00037787534862599066 0.00037787534862599066
EOD
$panel1_line5 << EOD
1 0.00234 0.00234 0.00234
2 0.0021832497224277933 0.0021832497224277933 0.0021832497224277933
3 0.001755 0.001755 0.001755
4 0.00117 0.00117 0.00117
5 0.0005850000000000001 0.0005850000000000001 0.0005850000000000001
6 0.00015675027757220672 0.00015675027757220672 0.00015675027757220672
EOD
$panel1_line6 << EOD
1 0.005193 0.005193 0.005193
2 0.004845134960926295 0.004845134960926295 0.004845134960926295
3 0.0038947499999999998 0.0038947499999999998 0.0038947499999999998
4 0.0025965 0.0025965 0.0025965
5 0.0012982500000000001 0.0012982500000000001 0.0012982500000000001
6 0.0003478650390737049 0.0003478650390737049 0.0003478650390737049
EOD
$panel1_line7 << EOD
1 0.01046 0.01046 0.01046
2 0.009759312861792616 0.009759312861792616 0.009759312861792616
3 0.007845000000000001 0.007845000000000001 0.007845000000000001
4 0.00523 0.00523 0.00523
5 0.0026150000000000006 0.0026150000000000006 0.0026150000000000006
6 0.0007006871382073856 0.0007006871382073856 0.0007006871382073856
EOD
$panel1_line8 << EOD
1 0.007744 0.007744 0.007744
2 0.007225250363453347 0.007225250363453347 0.007225250363453347
3 0.005808 0.005808 0.005808
4 0.003872 0.003872 0.003872
5 0.0019360000000000004 0.0019360000000000004 0.0019360000000000004
6 0.0005187496365466534 0.0005187496365466534 0.0005187496365466534
EOD
set xrange [1:6]
set xtics 1
set multiplot
set arrow from screen 0.09062,0.30830 to screen 0.14688,0.30830 nohead linestyle 1
set label 3 'rate=0.0393,width=88,dropout=0.4533,skip=none' at screen 0.15937,0.30830
set arrow from screen 0.09062,0.26877 to screen 0.14688,0.26877 nohead linestyle 2
set label 4 'rate=0.007362,width=66,dropout=0.3678,skip=none' at screen 0.15937,0.26877
set arrow from screen 0.09062,0.22925 to screen 0.14688,0.22925 nohead linestyle 3
set label 5 'rate=0.006013,width=106,dropout=0.3024,skip=projection' at screen 0.15937,0.22925
set arrow from screen 0.09062,0.18972 to screen 0.14688,0.18972 nohead linestyle 4
set label 6 'rate=0.005641,width=93,dropout=0.41,skip=projection' at screen 0.15937,0.18972
set arrow from screen 0.09062,0.15020 to screen 0.14688,0.15020 nohead linestyle 5
set label 7 'rate=0.00234,width=65,dropout=0.431,skip=none' at screen 0.15937,0.15020
set arrow from screen 0.09062,0.11067 to screen 0.14688,0.11067 nohead linestyle 6
set label 8 'rate=0.005193,width=98,dropout=0.09439,skip=projection' at screen 0.15937,0.11067
set arrow from screen 0.09062,0.07115 to screen 0.14688,0.07115 nohead linestyle 7
set label 9 'rate=0.01046,width=35,dropout=0.01726,skip=projection' at screen 0.15937,0.07115
set arrow from screen 0.09062,0.03162 to screen 0.14688,0.03162 nohead linestyle 8
set label 10 'rate=0.007744,width=29,dropout=0.1241,skip=none' at screen 0.15937,0.03162
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.92885
set bmargin at screen 0.43874
set yrange [0:0.04]
set ytics 0.01
set format y '%.2f'
set label 1 'learning rate' at screen 0.53125,0.96047 center
set label 2 'epoch' at screen 0.53125,0.36364 center
plot \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2, \
  $panel1_line3 using 1:2 with lines linestyle 3, \
  $panel1_line4 using 1:2 with lines linestyle 4, \
  $panel1_line5 using 1:2 with lines linestyle 5, \
  $panel1_line6 using 1:2 with lines linestyle 6, \
  $panel1_line7 using 1:2 with lines linestyle 7, \
  $panel1_line8 using 1:2 with lines linestyle 8
unset multiplot
unset output
