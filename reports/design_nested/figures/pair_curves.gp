# Draws pair_curves.svg; pair_curves.pdf, pair_curves.png: gnuplot -e "format = 'pdf'" pair_curves.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1620,1076 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,4.649in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 810,538 font 'sans-serif,12' background '#ffffff'
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
1 0.4026 0.3949762771582953 0.4102237228417047
2 0.531 0.52083503621106 0.5411649637889401
3 0.5723 0.5379932472123287 0.6066067527876714
4 0.5891 0.5751231747902079 0.603076825209792
5 0.5993999999999999 0.5536576629497711 0.6451423370502287
6 0.6056 0.5827288314748853 0.6284711685251148
EOD
$panel1_line2 << EOD
1 0.5044 0.40020912116336765 0.6085908788366322
2 0.5887 0.5620169700540333 0.6153830299459667
3 0.618 0.5798813857914759 0.6561186142085241
4 0.6271 0.6207468976319126 0.6334531023680874
5 0.6362 0.6006226267387106 0.6717773732612894
6 0.6383 0.6243231747902079 0.652276825209792
EOD
$panel2_line1 << EOD
1 0.4712 0.3415967116910183 0.6008032883089818
2 0.5677000000000001 0.4469910550063404 0.6884089449936598
3 0.6017 0.5089447054259251 0.694455294574075
4 0.6191 0.5746282834233886 0.6635717165766114
5 0.6289 0.5513921511093345 0.7064078488906655
6 0.6348 0.6017638676859459 0.6678361323140541
EOD
$panel2_line2 << EOD
1 0.5496 0.450491603057837 0.648708396942163
2 0.6144000000000001 0.5178328440050725 0.7109671559949277
3 0.64 0.5891751810553012 0.6908248189446988
4 0.647 0.6342937952638253 0.6597062047361747
5 0.6551 0.6233344881595633 0.6868655118404368
6 0.6561 0.6090870424761532 0.7031129575238468
EOD
$panel3_line1 << EOD
1 0.49649999999999994 0.39612098258421996 0.5968790174157799
2 0.5820000000000001 0.5235514582135966 0.6404485417864035
3 0.6174 0.5309978077940124 0.7038021922059875
4 0.6325000000000001 0.623605656684678 0.6413943433153221
5 0.6414 0.6312350362110599 0.65156496378894
6 0.6456 0.6201875905276505 0.6710124094723494
EOD
$panel3_line2 << EOD
1 0.5596 0.48590401253018645 0.6332959874698135
2 0.6215999999999999 0.5224916030578377 0.7207083969421622
3 0.642 0.5632215306357171 0.7207784693642829
4 0.657 0.6493762771582954 0.6646237228417047
5 0.6606000000000001 0.637728831474886 0.6834711685251141
6 0.6660999999999999 0.6597468976319125 0.6724531023680873
EOD
$panel4_line1 << EOD
1 0.10179999999999995 0.005232844005072332 0.19836715599492755
2 0.057699999999999974 0.04118193384297328 0.07421806615702667
3 0.04570000000000002 0.041888138579147326 0.04951186142085271
4 0.03800000000000009 0.017670072422120705 0.05832992757787947
5 0.0368 0.02663503621106066 0.04696496378893934
6 0.03269999999999995 0.023805656684677233 0.04159434331532267
EOD
$panel5_line1 << EOD
1 0.07839999999999997 0.047905108633181245 0.1088948913668187
2 0.046699999999999964 0.022558211001267887 0.07084178899873204
3 0.0383 -0.003630475629376101 0.0802304756293761
4 0.02789999999999998 -0.0038655118404367778 0.05966551184043674
5 0.026199999999999946 -0.01954233705022885 0.07194233705022873
6 0.02130000000000004 0.007323174790207302 0.03527682520979278
EOD
$panel6_line1 << EOD
1 0.06310000000000002 0.03641697005403363 0.0897830299459664
2 0.03959999999999997 -0.0010598551557588001 0.08025985515575873
3 0.02460000000000001 0.01697627715829533 0.032223722841704695
4 0.024499999999999966 0.007981933842973275 0.04101806615702666
5 0.01920000000000005 0.006493795263826051 0.031906204736174046
6 0.020500000000000018 -0.01126551184043674 0.052265511840436776
EOD
set xrange [1:6]
set xtics 1
set multiplot
set lmargin at screen 0.07160
set rmargin at screen 0.31111
set tmargin at screen 0.93309
set bmargin at screen 0.64312
set yrange [0.4:0.75]
set ytics 0.05
set format y '%.2f'
set label 1 'width + batch + rate narrow + 16 + 0.01, activation relu' at screen 0.19136,0.96283 center
set label 2 'epoch' at screen 0.19136,0.57249 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set lmargin at screen 0.40494
set rmargin at screen 0.64444
set tmargin at screen 0.93309
set bmargin at screen 0.64312
set yrange [0.4:0.75]
set ytics 0.05
set format y '%.2f'
set label 1 'width + batch + rate medium + 32 + 0.02, activation relu' at screen 0.52469,0.96283 center
set label 2 'epoch' at screen 0.52469,0.57249 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel2_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 1, \
  $panel2_line2 using 1:2 with lines linestyle 2
set lmargin at screen 0.73827
set rmargin at screen 0.97778
set tmargin at screen 0.93309
set bmargin at screen 0.64312
set yrange [0.4:0.75]
set ytics 0.05
set format y '%.2f'
set label 1 'width + batch + rate wide + 64 + 0.04, activation relu' at screen 0.85802,0.96283 center
set label 2 'epoch' at screen 0.85802,0.57249 center
plot \
  $panel3_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel3_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel3_line1 using 1:2 with lines linestyle 1, \
  $panel3_line2 using 1:2 with lines linestyle 2
set lmargin at screen 0.07160
set rmargin at screen 0.31111
set tmargin at screen 0.47955
set bmargin at screen 0.18959
set yrange [-0.02:0.1]
set ytics 0.02
set format y '%.2f'
set label 1 'difference' at screen 0.19136,0.50929 center
set label 2 'epoch' at screen 0.19136,0.11896 center
plot \
  $panel4_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel4_line1 using 1:2 with lines linestyle 3
set lmargin at screen 0.40494
set rmargin at screen 0.64444
set tmargin at screen 0.47955
set bmargin at screen 0.18959
set yrange [-0.02:0.1]
set ytics 0.02
set format y '%.2f'
set label 1 'difference' at screen 0.52469,0.50929 center
set label 2 'epoch' at screen 0.52469,0.11896 center
plot \
  $panel5_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel5_line1 using 1:2 with lines linestyle 3
set arrow from screen 0.07160,0.06691 to screen 0.11605,0.06691 nohead linestyle 1
set label 3 'none' at screen 0.12593,0.06691
set arrow from screen 0.07160,0.02974 to screen 0.11605,0.02974 nohead linestyle 2
set label 4 'projection' at screen 0.12593,0.02974
set arrow from screen 0.53580,0.06691 to screen 0.58025,0.06691 nohead linestyle 3
set label 5 'projection minus none' at screen 0.59012,0.06691
set lmargin at screen 0.73827
set rmargin at screen 0.97778
set tmargin at screen 0.47955
set bmargin at screen 0.18959
set yrange [-0.02:0.1]
set ytics 0.02
set format y '%.2f'
set label 1 'difference' at screen 0.85802,0.50929 center
set label 2 'epoch' at screen 0.85802,0.11896 center
plot \
  $panel6_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel6_line1 using 1:2 with lines linestyle 3
unset multiplot
unset output
