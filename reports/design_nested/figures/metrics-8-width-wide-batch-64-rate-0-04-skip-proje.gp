# Draws metrics-8-width-wide-batch-64-rate-0-04-skip-proje.svg; metrics-8-width-wide-batch-64-rate-0-04-skip-proje.pdf, metrics-8-width-wide-batch-64-rate-0-04-skip-proje.png: gnuplot -e "format = 'pdf'" metrics-8-width-wide-batch-64-rate-0-04-skip-proje.gp
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
set output 'metrics-8-width-wide-batch-64-rate-0-04-skip-proje.'.format
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
1 0.5891875381795968 0.5852723940689731 0.5931026822902205
2 0.6503026600766368 0.644804798134059 0.6558005220192148
3 0.6783473093796857 0.6737935247403788 0.6829010940189926
4 0.6958960404287222 0.6949519631254513 0.6968401177319931
5 0.7041706003220969 0.7037818626089853 0.7045593380352085
6 0.7069472982728939 0.7061698228466707 0.707724773699117
EOD
$panel1_line2 << EOD
1 0.5596 0.5538 0.5654
2 0.6215999999999999 0.6138 0.6294
3 0.642 0.6358 0.6482
4 0.657 0.6564 0.6576
5 0.6606000000000001 0.6588 0.6624
6 0.6660999999999999 0.6656 0.6666
EOD
$panel2_line1 << EOD
1 0.5954871397037726 0.5910421474130864 0.599932131994459
2 0.6531532705514382 0.6530575421417423 0.6532489989611341
3 0.6741734500181841 0.6708564486061619 0.6774904514302063
4 0.6842495316079089 0.6840502916726681 0.6844487715431499
5 0.6908579843109954 0.6908059000901506 0.6909100685318401
6 0.6928238683507607 0.6911974012281276 0.6944503354733939
EOD
$panel2_line2 << EOD
1 0.5825414970223192 0.5642950773390045 0.6007879167056338
2 0.6278861242858722 0.6224975351505876 0.6332747134211569
3 0.6453548629366006 0.643426124683259 0.6472836011899422
4 0.6477798846569383 0.64667845293664 0.6488813163772365
5 0.6501898190122886 0.6479045723826273 0.6524750656419497
6 0.6551014330989233 0.6550183274804995 0.6551845387173473
EOD
$panel3_line1 << EOD
1 0.5308799029084306 0.5293474075704402 0.5324123982464208
2 0.6049679986003224 0.5970328369776358 0.612903160223009
3 0.6370512152350297 0.6300598908367852 0.6440425396332743
4 0.6594981265777256 0.65661659542858 0.6623796577268711
5 0.6674591262571239 0.6672138833155157 0.6677043691987322
6 0.6716697584746885 0.6710934029440747 0.6722461140053023
EOD
$panel3_line2 << EOD
1 0.51117524395515 0.5101014942019739 0.5122489937083261
2 0.5826258295563083 0.5745907384377212 0.5906609206748953
3 0.6055011533388032 0.5983248699505765 0.6126774367270298
4 0.6239041014653275 0.62335665606223 0.6244515468684251
5 0.6260465505783759 0.6251569915209177 0.626936109635834
6 0.6325557498283687 0.6318382668755042 0.6332732327812332
EOD
$panel4_line1 << EOD
1 0.5276452025482928 0.5243520502798253 0.5309383548167603
2 0.6075127630105699 0.601291905724728 0.6137336202964118
3 0.6392264940402383 0.6327504173220678 0.6457025707584089
4 0.6630261551986605 0.659879937733854 0.6661723726634668
5 0.6719422993567756 0.671432831965902 0.6724517667476494
6 0.675632591279189 0.6750631097788684 0.6762020727795094
EOD
$panel4_line2 << EOD
1 0.5053656455651058 0.5052978144846729 0.5054334766455386
2 0.5816808820021659 0.5753175973686939 0.5880441666356379
3 0.6047064786784423 0.598536172176656 0.6108767851802286
4 0.6248543290476548 0.6234768947154705 0.6262317633798391
5 0.6278892294043927 0.627495076985474 0.6282833818233116
6 0.6342032160486242 0.6330970620270765 0.6353093700701719
EOD
$panel5_line1 << EOD
1 1.5060892731487958 1.4936015457973042 1.5185770005002872
2 1.2602446730305106 1.2441309071319988 1.2763584389290223
3 1.1573787629494685 1.1473455983053968 1.16741192759354
4 1.1036405516315377 1.1021523748414825 1.105128728421593
5 1.0786817898095182 1.078137298026429 1.0792262815926075
6 1.0706917907925195 1.070171112814628 1.0712124687704112
EOD
$panel5_line2 << EOD
1 1.603763173371128 1.5895338602607518 1.6179924864815043
2 1.3805568835423134 1.3609886774219968 1.4001250896626303
3 1.2926783823865433 1.2783163373035793 1.3070404274695075
4 1.244846255553841 1.242718503654668 1.2469740074530145
5 1.22683646714095 1.222964805029042 1.230708129252858
6 1.218180961095732 1.2140775393065397 1.2222843828849241
EOD
$panel6_line1 << EOD
1 0.9910373053048973 0.9909518448305371 0.9911227657792574
2 0.9923746462350115 0.9922534502122381 0.9924958422577849
3 0.9929866431922663 0.9928867791553286 0.993086507229204
4 0.9933705808273537 0.9933486304857343 0.9933925311689732
5 0.9935497505748435 0.9935412924487649 0.9935582087009222
6 0.9936111633811868 0.993594416561076 0.9936279102012975
EOD
$panel6_line2 << EOD
1 0.9903965666658205 0.9902708834523938 0.9905222498792472
2 0.9917524037909937 0.991581855482941 0.9919229520990465
3 0.9921975057096053 0.9920622957769387 0.9923327156422719
4 0.9925256305647012 0.9925137192866995 0.992537541842703
5 0.992603615665718 0.9925643626559202 0.9926428686755158
6 0.9927241573264769 0.9927132112375933 0.9927351034153606
EOD
$panel7_line1 << EOD
1 0.9630221855514804 0.9624058256228929 0.963638545480068
2 0.972997591755837 0.9726986055738678 0.9732965779378062
3 0.9765501654586832 0.9764567013133495 0.9766436296040168
4 0.9782913308588207 0.9782247120559078 0.9783579496617336
5 0.9790307006967817 0.9789438160556426 0.9791175853379207
6 0.979239442868264 0.9791729941683793 0.9793058915681486
EOD
$panel7_line2 << EOD
1 0.9570212913236467 0.9556009337463708 0.9584416489009224
2 0.9666023285878254 0.9655690006391069 0.9676356565365439
3 0.970310296060461 0.9698473274262683 0.9707732646946539
4 0.9718724398015972 0.9715273899525863 0.9722174896506082
5 0.9724746427106535 0.9722617699949233 0.9726875154263838
6 0.9726514719660454 0.9723998937115415 0.9729030502205493
EOD
set xrange [1:6]
set xtics 1
set multiplot
set lmargin at screen 0.05370
set rmargin at screen 0.23333
set tmargin at screen 0.92623
set bmargin at screen 0.60656
set yrange [0.55:0.75]
set ytics 0.05
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
set yrange [0.55:0.7]
set ytics 0.05
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
set yrange [0.5:0.7]
set ytics 0.05
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
set yrange [0.5:0.7]
set ytics 0.05
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
set yrange [1:1.7]
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
set yrange [0.99:0.994]
set ytics 0.001
set format y '%.3f'
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
set yrange [0.955:0.98]
set ytics 0.005
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
