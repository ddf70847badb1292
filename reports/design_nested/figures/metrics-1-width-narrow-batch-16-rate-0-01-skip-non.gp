# Draws metrics-1-width-narrow-batch-16-rate-0-01-skip-non.svg; metrics-1-width-narrow-batch-16-rate-0-01-skip-non.pdf, metrics-1-width-narrow-batch-16-rate-0-01-skip-non.png: gnuplot -e "format = 'pdf'" metrics-1-width-narrow-batch-16-rate-0-01-skip-non.gp
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
set output 'metrics-1-width-narrow-batch-16-rate-0-01-skip-non.'.format
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
1 0.4238351752096407 0.4238351752096407 0.4238351752096407
2 0.5523962903315378 0.5518964847003943 0.5528960959626812
3 0.5974343310934637 0.5932692841672683 0.601599378019659
4 0.6182040317654245 0.6152607319375798 0.6211473315932693
5 0.6296440273227077 0.6247015049702893 0.6345865496751263
6 0.6348086855111901 0.6306991725440106 0.6389181984783695
EOD
$panel1_line2 << EOD
1 0.4026 0.402 0.4032
2 0.531 0.5302 0.5318
3 0.5723 0.5696 0.575
4 0.5891 0.588 0.5902
5 0.5993999999999999 0.5958 0.603
6 0.6056 0.6038 0.6074
EOD
$panel2_line1 << EOD
1 0.3689022292999011 0.35821105635268263 0.3795934022471195
2 0.5117721941365162 0.5109128206327105 0.5126315676403219
3 0.5612097722770363 0.5568491859492 0.5655703586048726
4 0.5870089655893167 0.5825111658247318 0.5915067653539016
5 0.5952239506347098 0.5917852040235339 0.5986626972458857
6 0.6004933240250951 0.5919687524456931 0.6090178956044972
EOD
$panel2_line2 << EOD
1 0.34977169586899604 0.3448238741640859 0.35471951757390613
2 0.5060949756927176 0.5025770895716448 0.5096128618137903
3 0.552549105101661 0.5522066539513758 0.5528915562519462
4 0.5760875252258436 0.5684915769763988 0.5836834734752884
5 0.5787328073020954 0.5763670626037202 0.5810985520004706
6 0.5867149414443048 0.5795354567836284 0.5938944261049812
EOD
$panel3_line1 << EOD
1 0.3493202808141703 0.34579369681204414 0.35284686481629657
2 0.48785899784030584 0.48776738593089697 0.4879506097497147
3 0.5387918972822227 0.5346362029925203 0.542947591571925
4 0.5651391847337135 0.562685385877486 0.5675929835899411
5 0.5787341568867734 0.5741272959055214 0.5833410178680256
6 0.5844573736728392 0.5804541056549432 0.5884606416907353
EOD
$panel3_line2 << EOD
1 0.34288854552787246 0.3415976498284827 0.34417944122726224
2 0.4785358201163898 0.4770910682107982 0.47998057202198136
3 0.5225356452209495 0.5190545557645464 0.5260167346773527
4 0.5441572288070846 0.5434000553504924 0.5449144022636767
5 0.5562424121518619 0.5527658214669259 0.559719002836798
6 0.5628341735242075 0.5615772336567446 0.5640911133916704
EOD
$panel4_line1 << EOD
1 0.3165835848268039 0.3139440816747939 0.3192230879788139
2 0.4806599184327761 0.48029403162497175 0.4810258052405805
3 0.5342624593914695 0.5303256506976771 0.538199268085262
4 0.5649857942400602 0.5596258780528953 0.5703457104272253
5 0.5785516819743703 0.5730450853500195 0.5840582785987211
6 0.5837219526956481 0.5784809816720896 0.5889629237192067
EOD
$panel4_line2 << EOD
1 0.30386364455601633 0.302611990000543 0.3051152991114896
2 0.46974058928510465 0.46748775094045314 0.47199342762975616
3 0.5158560752671 0.5130364841647753 0.5186756663694245
4 0.5417835132575994 0.5374455303801553 0.5461214961350437
5 0.5547543818548455 0.5505575253485535 0.5589512383611376
6 0.5607708121806205 0.558303781050398 0.5632378433108431
EOD
$panel5_line1 << EOD
1 2.3170295528773672 2.2982907749616097 2.3357683307931247
2 1.6952352839072349 1.6816100182605611 1.7088605495539086
3 1.4855701566698207 1.4651062074940948 1.5060341058455466
4 1.3983439942170528 1.3811130372507354 1.4155749511833704
5 1.3580631039215547 1.338933230078567 1.3771929777645424
6 1.345658417775486 1.3279368697973684 1.3633799657536034
EOD
$panel5_line2 << EOD
1 2.3903089214147544 2.3659209988240772 2.414696844005432
2 1.7809137209070733 1.7746583637037572 1.7871690781103895
3 1.583570392211543 1.5692481423402314 1.5978926420828545
4 1.4991550388196608 1.4896477771664653 1.5086623004728563
5 1.4638200505798873 1.4520844058723148 1.4755556952874598
6 1.4513023962675065 1.4407301863406254 1.4618746061943872
EOD
$panel6_line1 << EOD
1 0.987412552119345 0.9874118248278865 0.9874132794108035
2 0.990234831383429 0.9902233200528456 0.9902463427140126
3 0.9912203655724159 0.9911292245454778 0.9913115065993539
4 0.9916744641228736 0.9916108782917133 0.9917380499540339
5 0.9919239327319433 0.9918163872929492 0.9920314781709374
6 0.9920374633901383 0.9919484512011054 0.9921264755791712
EOD
$panel6_line2 << EOD
1 0.9869624336937766 0.98694983880446 0.9869750285830932
2 0.9897753941593828 0.9897572109671054 0.98979357735166
3 0.9906772479840813 0.9906177907670176 0.9907367052011449
4 0.9910437303924157 0.991019604859284 0.9910678559255474
5 0.9912684411195799 0.9911893786826408 0.991347503556519
6 0.9914043150322702 0.9913649753599993 0.991443654704541
EOD
$panel7_line1 << EOD
1 0.8973658286531612 0.896715637251154 0.8980160200551683
2 0.9474511771442141 0.9458696692826232 0.9490326850058051
3 0.9601357182173773 0.9582121337212277 0.9620593027135268
4 0.9650420967577058 0.9636257140654901 0.9664584794499216
5 0.966739887703472 0.965304524260905 0.968175251146039
6 0.9673086671292352 0.9659921089313233 0.9686252253271473
EOD
$panel7_line2 << EOD
1 0.8927116931251677 0.8915663915742146 0.8938569946761209
2 0.9418562548242873 0.9417071699771862 0.9420053396713884
3 0.9541713437815007 0.953675108241248 0.9546675793217533
4 0.9590483477145633 0.9586713980318056 0.9594252973973211
5 0.9606942683224483 0.9603350201971674 0.9610535164477292
6 0.9612043656629494 0.9608686364242582 0.9615400949016407
EOD
set xrange [1:6]
set xtics 1
set multiplot
set lmargin at screen 0.05370
set rmargin at screen 0.23333
set tmargin at screen 0.92623
set bmargin at screen 0.60656
set yrange [0.4:0.65]
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
set yrange [0.3:0.65]
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
set yrange [0.3:0.6]
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
set yrange [0.3:0.6]
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
set yrange [1.2:2.6]
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
set yrange [0.986:0.993]
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
set yrange [0.88:0.98]
set ytics 0.02
set format y '%.2f'
set label 1 'AUC-ROC' at screen 0.64352,0.45902 center
set label 2 'epoch' at screen 0.64352,0.02869 center
plot \
  $panel7_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel7_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel7_line1 using 1:2 with lines linestyle 3, \
  $panel7_line2 using 1:2 with lines linestyle 2
unset multiplot
unset output
