# Draws metrics-1-one.svg; metrics-1-one.pdf, metrics-1-one.png: gnuplot -e "format = 'pdf'" metrics-1-one.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 2160,976 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,3.163in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 1080,488 font 'sans-serif,12' background '#ffffff'
}
set output 'metrics-1-one.'.format
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
1 0.6987110971392644 0.6987110971392644 0.6987110971392644
2 0.7303363722099968 0.7303363722099968 0.7303363722099968
3 0.7608047783715812 0.7608047783715812 0.7608047783715812
EOD
$panel1_line2 << EOD
1 0.6845070422535211 0.6845070422535211 0.6845070422535211
2 0.7145326504481434 0.7145326504481434 0.7145326504481434
3 0.7412932138284251 0.7412932138284251 0.7412932138284251
EOD
$panel2_line1 << EOD
1 0.6818243911611157 0.6818243911611157 0.6818243911611157
2 0.7211561933823903 0.7211561933823903 0.7211561933823903
3 0.7510977341218944 0.7510977341218944 0.7510977341218944
EOD
$panel2_line2 << EOD
1 0.6728731685551019 0.6728731685551019 0.6728731685551019
2 0.7060639058090405 0.7060639058090405 0.7060639058090405
3 0.73032807712692 0.73032807712692 0.73032807712692
EOD
$panel3_line1 << EOD
1 0.6675874577094271 0.6675874577094271 0.6675874577094271
2 0.6953056507860551 0.6953056507860551 0.6953056507860551
3 0.730392218852333 0.730392218852333 0.730392218852333
EOD
$panel3_line2 << EOD
1 0.6560578727738975 0.6560578727738975 0.6560578727738975
2 0.6813992934395822 0.6813992934395822 0.6813992934395822
3 0.710925588922235 0.710925588922235 0.710925588922235
EOD
$panel4_line1 << EOD
1 0.6690017829446512 0.6690017829446512 0.6690017829446512
2 0.6971487996719689 0.6971487996719689 0.6971487996719689
3 0.7328307488815233 0.7328307488815233 0.7328307488815233
EOD
$panel4_line2 << EOD
1 0.6578442643192695 0.6578442643192695 0.6578442643192695
2 0.6825451425034715 0.6825451425034715 0.6825451425034715
3 0.7127927266625033 0.7127927266625033 0.7127927266625033
EOD
$panel5_line1 << EOD
1 1.096356317350763 1.096356317350763 1.096356317350763
2 0.9605095626238943 0.9605095626238943 0.9605095626238943
3 0.8543978313908269 0.8543978313908269 0.8543978313908269
EOD
$panel5_line2 << EOD
1 1.1582087737297446 1.1582087737297446 1.1582087737297446
2 1.0352677419941105 1.0352677419941105 1.0352677419941105
3 0.9326605300091083 0.9326605300091083 0.9326605300091083
EOD
$panel6_line1 << EOD
1 0.9934351824628891 0.9934351824628891 0.9934351824628891
2 0.9941201489385316 0.9941201489385316 0.9941201489385316
3 0.9947863328172978 0.9947863328172978 0.9947863328172978
EOD
$panel6_line2 << EOD
1 0.9931296309934646 0.9931296309934646 0.9931296309934646
2 0.9937799231307063 0.9937799231307063 0.9937799231307063
3 0.9943647916488157 0.9943647916488157 0.9943647916488157
EOD
$panel7_line1 << EOD
1 0.9778292282830744 0.9778292282830744 0.9778292282830744
2 0.9827141520147945 0.9827141520147945 0.9827141520147945
3 0.9859997644865971 0.9859997644865971 0.9859997644865971
EOD
$panel7_line2 << EOD
1 0.9748977514919712 0.9748977514919712 0.9748977514919712
2 0.9795713008545474 0.9795713008545474 0.9795713008545474
3 0.9828398371080395 0.9828398371080395 0.9828398371080395
EOD
set xrange [1:3]
set xtics 1
set multiplot
set lmargin at screen 0.05370
set rmargin at screen 0.23333
set tmargin at screen 0.92623
set bmargin at screen 0.60656
set yrange [0.68:0.78]
set ytics 0.02
set format y '%.2f'
set label 1 'Accuracy' at screen 0.14352,0.95902 center
set label 2 'epoch' at screen 0.14352,0.52869 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 3, \
  $panel1_line2 using 1:2 with lines linestyle 2
set lmargin at screen 0.30370
set rmargin at screen 0.48333
set tmargin at screen 0.92623
set bmargin at screen 0.60656
set yrange [0.66:0.76]
set ytics 0.02
set format y '%.2f'
set label 1 'Macro precision' at screen 0.39352,0.95902 center
set label 2 'epoch' at screen 0.39352,0.52869 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 3, \
  $panel2_line2 using 1:2 with lines linestyle 2
set lmargin at screen 0.55370
set rmargin at screen 0.73333
set tmargin at screen 0.92623
set bmargin at screen 0.60656
set yrange [0.64:0.74]
set ytics 0.02
set format y '%.2f'
set label 1 'Macro recall' at screen 0.64352,0.95902 center
set label 2 'epoch' at screen 0.64352,0.52869 center
plot \
  $panel3_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel3_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel3_line1 using 1:2 with lines linestyle 3, \
  $panel3_line2 using 1:2 with lines linestyle 2
set lmargin at screen 0.80370
set rmargin at screen 0.98333
set tmargin at screen 0.92623
set bmargin at screen 0.60656
set yrange [0.64:0.74]
set ytics 0.02
set format y '%.2f'
set label 1 'Macro F1' at screen 0.89352,0.95902 center
set label 2 'epoch' at screen 0.89352,0.52869 center
plot \
  $panel4_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel4_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel4_line1 using 1:2 with lines linestyle 3, \
  $panel4_line2 using 1:2 with lines linestyle 2
set lmargin at screen 0.05370
set rmargin at screen 0.23333
set tmargin at screen 0.42623
set bmargin at screen 0.10656
set yrange [0.8:1.2]
set ytics 0.1
set format y '%.1f'
set label 1 'Log loss (lower is better)' at screen 0.14352,0.45902 center
set label 2 'epoch' at screen 0.14352,0.02869 center
plot \
  $panel5_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel5_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel5_line1 using 1:2 with lines linestyle 3, \
  $panel5_line2 using 1:2 with lines linestyle 2
set lmargin at screen 0.30370
set rmargin at screen 0.48333
set tmargin at screen 0.42623
set bmargin at screen 0.10656
set yrange [0.993:0.995]
set ytics 0.0005
set format y '%.4f'
set label 1 'Macro specificity' at screen 0.39352,0.45902 center
set label 2 'epoch' at screen 0.39352,0.02869 center
plot \
  $panel6_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel6_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel6_line1 using 1:2 with lines linestyle 3, \
  $panel6_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.80370,0.40574 to screen 0.83704,0.40574 nohead linestyle 3
set label 3 'train' at screen 0.84444,0.40574
set arrow from screen 0.80370,0.36475 to screen 0.83704,0.36475 nohead linestyle 2
set label 4 'test' at screen 0.84444,0.36475
set lmargin at screen 0.55370
set rmargin at screen 0.73333
set tmargin at screen 0.42623
set bmargin at screen 0.10656
set yrange [0.974:0.986]
set ytics 0.002
set format y '%.3f'
set label 1 'AUC-ROC' at screen 0.64352,0.45902 center
set label 2 'epoch' at screen 0.64352,0.02869 center
plot \
  $panel7_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel7_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel7_line1 using 1:2 with lines linestyle 3, \
  $panel7_line2 using 1:2 with lines linestyle 2
unset multiplot
unset output
