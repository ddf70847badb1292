# Draws metrics-10-rate-0-09497-width-94-dropout-0-09879-sk.svg; metrics-10-rate-0-09497-width-94-dropout-0-09879-sk.pdf, metrics-10-rate-0-09497-width-94-dropout-0-09879-sk.png: gnuplot -e "format = 'pdf'" metrics-10-rate-0-09497-width-94-dropout-0-09879-sk.gp
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
set output 'metrics-10-rate-0-09497-width-94-dropout-0-09879-sk.'.format
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
1 0.657438773810185 0.643916254789804 0.6709612928305659
2 0.7255234075637251 0.7100571999777864 0.740989615149664
3 0.7455989337479869 0.7439884489365247 0.7472094185594491
4 0.7999111456655745 0.7970789137557617 0.8027433775753874
5 0.8236796801243961 0.8234575442883323 0.8239018159604599
6 0.8330371522185817 0.8326206475259621 0.8334536569112012
EOD
$panel1_line2 << EOD
1 0.6209 0.6056 0.6362
2 0.679 0.6614 0.6966
3 0.6877 0.687 0.6884
4 0.7324999999999999 0.7322 0.7328
5 0.7502 0.7488 0.7516
6 0.7581 0.7562 0.76
EOD
$panel2_line1 << EOD
1 0.6860544726377349 0.6837626749576569 0.6883462703178129
2 0.7455453677180595 0.7414465499216514 0.7496441855144674
3 0.7813623425680075 0.7770193007074422 0.7857053844285729
4 0.8057162388798955 0.8038636086986439 0.8075688690611472
5 0.8249707870807863 0.8220535796262123 0.8278879945353603
6 0.8318046095082413 0.8305274904059212 0.8330817286105614
EOD
$panel2_line2 << EOD
1 0.6495179891748546 0.6355172288955259 0.6635187494541834
2 0.6935788395505491 0.6919954991851678 0.6951621799159305
3 0.7178900084647176 0.7111287069870735 0.7246513099423617
4 0.731703188773903 0.7307050531780194 0.7327013243697864
5 0.7487173737085997 0.7470972550949967 0.7503374923222026
6 0.7503356906357361 0.7487306178489453 0.7519407634225268
EOD
$panel3_line1 << EOD
1 0.616527140335436 0.6003114127870718 0.6327428678838001
2 0.6918425175560512 0.6751712300537537 0.7085138050583487
3 0.7143511291197241 0.7112326969925022 0.7174695612469459
4 0.7764377643080737 0.77329295972446 0.7795825688916873
5 0.8014239727914765 0.7986155267915181 0.8042324187914349
6 0.8148048707881957 0.8144480448235811 0.8151616967528104
EOD
$panel3_line2 << EOD
1 0.5828902146385089 0.5647505048930747 0.6010299243839432
2 0.6458197210740229 0.6309128002289611 0.6607266419190847
3 0.6548665151371613 0.6542171719813741 0.6555158582929486
4 0.7033843794156585 0.70305835006994 0.703710408761377
5 0.7217317747894135 0.7215315156998978 0.7219320338789292
6 0.7319661134097437 0.7297654220695692 0.7341668047499182
EOD
$panel4_line1 << EOD
1 0.6206582762823354 0.6073487903085402 0.6339677622561307
2 0.6945142710729013 0.6795755202376453 0.7094530219081573
3 0.7154325649098722 0.7116084279373227 0.7192567018824216
4 0.7815208419848543 0.7787950431999099 0.7842466407697987
5 0.8074380492943116 0.8058495329008633 0.80902656568776
6 0.8191682133673067 0.8189273078902822 0.8194091188443312
EOD
$panel4_line2 << EOD
1 0.5830869610620854 0.566505412916145 0.5996685092080257
2 0.6464777276166183 0.6334674783277865 0.65948797690545
3 0.6530980401641905 0.6521507133984006 0.6540453669299804
4 0.7061158047845391 0.7057818045311333 0.7064498050379447
5 0.7259973986905163 0.7253949960098672 0.7265998013711653
6 0.7353015089756444 0.733447437315156 0.7371555806361327
EOD
$panel5_line1 << EOD
1 1.1778235806547426 1.1237483976227292 1.231898763686756
2 0.9173152530864986 0.8632242006081592 0.9714063055648381
3 0.8275065777316615 0.8199486120839344 0.8350645433793885
4 0.6530274944342516 0.6444856713383061 0.6615693175301971
5 0.5906944435048078 0.5890416066946367 0.5923472803149789
6 0.5644243502517091 0.5637776376496102 0.565071062853808
EOD
$panel5_line2 << EOD
1 1.3407242635167456 1.2777818535235919 1.403666673509899
2 1.1160577053443743 1.0579852680768609 1.1741301426118878
3 1.0563024647945634 1.0453956598943437 1.0672092696947832
4 0.8974977393538977 0.8906598299063604 0.9043356488014349
5 0.8472235976063289 0.8456107432581892 0.8488364519544688
6 0.8190844956547629 0.81803101411114 0.8201379771983859
EOD
$panel6_line1 << EOD
1 0.9925282644290121 0.9922304218213239 0.9928261070367002
2 0.9940145091318955 0.9936767133092999 0.994352304954491
3 0.9944550953610118 0.994423947051689 0.9944862436703347
4 0.9956368628086172 0.9955745512088402 0.9956991744083942
5 0.9961545301411125 0.9961511586979754 0.9961579015842497
6 0.996359989200307 0.9963508437643286 0.9963691346362855
EOD
$panel6_line2 << EOD
1 0.9917355480736123 0.9914013275417509 0.9920697686054738
2 0.9930051937975983 0.9926212763992611 0.9933891111959354
3 0.9931970983908871 0.9931850004022418 0.9932091963795324
4 0.9941711204030941 0.9941649179616435 0.9941773228445445
5 0.9945561855753369 0.9945267909205003 0.9945855802301734
6 0.994730234585839 0.9946885735047212 0.9947718956669568
EOD
$panel7_line1 << EOD
1 0.9786323829486449 0.9773974911273807 0.979867274769909
2 0.9864422928267704 0.9854918776744134 0.9873927079791276
3 0.9896610110778358 0.9892887217001056 0.9900333004555659
4 0.9925892773742473 0.99243072886015 0.9927478258883444
5 0.9936940076216397 0.993691699156528 0.9936963160867515
6 0.9940940824214112 0.9940896805261522 0.9940984843166701
EOD
$panel7_line2 << EOD
1 0.9716142082850341 0.9700742531061504 0.9731541634639179
2 0.9790678687213966 0.9782235650756352 0.979912172367158
3 0.9820057979666262 0.9813674224790733 0.9826441734541792
4 0.9852218079539021 0.9851344636693711 0.9853091522384332
5 0.9862954840550064 0.9862018337865659 0.9863891343234469
6 0.9867691749358585 0.9865641081544693 0.9869742417172476
EOD
set xrange [1:6]
set xtics 1
set multiplot
set lmargin at screen 0.05370
set rmargin at screen 0.23333
set tmargin at screen 0.92623
set bmargin at screen 0.60656
set yrange [0.6:0.85]
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
set yrange [0.6:0.85]
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
set yrange [0.55:0.85]
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
set yrange [0.55:0.85]
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
set yrange [0.4:1.6]
set ytics 0.2
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
set yrange [0.991:0.997]
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
set yrange [0.97:0.995]
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
