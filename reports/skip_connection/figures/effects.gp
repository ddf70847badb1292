# Draws effects.svg; effects.pdf, effects.png: gnuplot -e "format = 'pdf'" effects.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,888 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,3.700in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,444 font 'sans-serif,12' background '#ffffff'
}
set output 'effects.'.format
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
$clear << EOD
0.018911651728553126 0.016860137151623322 0.020980258530262523 1
0.014647887323943676 0.012059496988276585 0.01724285104566799 2
0.008431498079385414 0.006337188329079681 0.010594015965944083 3
0.0075480153649167825 0.0046678607809719184 0.010400992808172525 4
0.005211267605633796 0.004159636783188204 0.006297148270259846 5
0.0033226632522407318 0.0023010273841885583 0.004378614612927678 6
-0.001862996158770802 -0.0032861821663194013 -0.00046092444117370015 7
-0.004334186939820728 -0.008005626579193834 -0.0007274406686815227 8
-0.004551856594110093 -0.0064644892653459496 -0.0026995504111091903 9
-0.006254801536491672 -0.008001371920379046 -0.0045082311526043976 10
-0.009833546734955179 -0.011356590586806685 -0.008372459473757208 11
-0.011843790012804079 -0.01367874709333574 -0.009931022600388412 12
-0.012279129321382854 -0.015380649542482425 -0.009203235952488198 13
-0.016530089628681154 -0.019995731967562918 -0.01314384230407235 14
-0.021184379001280416 -0.024777753131549847 -0.017620695751994646 15
-0.027727272727272722 -0.02994655331293042 -0.02557799063434919 16
-0.03275288092189501 -0.03551037353554831 -0.030115628795410576 17
EOD
set xrange [-0.04:0.03]
set xtics 0.01
set format x '%.2f'
set lmargin at screen 0.28143
set rmargin at screen 0.97143
set tmargin at screen 0.96847
set bmargin at screen 0.12613
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [17.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.62643,0.03604 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'none, hidden 256, constant' at screen 0.26476,0.94369 right
set label 3 'projection, hidden 256, constant' at screen 0.26476,0.89414 right
set label 4 'none, hidden 128, constant' at screen 0.26476,0.84459 right
set label 5 'projection, hidden 128, constant' at screen 0.26476,0.79505 right
set label 6 'none, hidden 256, cosine' at screen 0.26476,0.74550 right
set label 7 'projection, hidden 256, cosine' at screen 0.26476,0.69595 right
set label 8 'projection, hidden 256, step' at screen 0.26476,0.64640 right
set label 9 'projection, hidden 64, constant' at screen 0.26476,0.59685 right
set label 10 'projection, hidden 128, cosine' at screen 0.26476,0.54730 right
set label 11 'none, hidden 128, cosine' at screen 0.26476,0.49775 right
set label 12 'projection, hidden 128, step' at screen 0.26476,0.44820 right
set label 13 'none, hidden 128, step' at screen 0.26476,0.39865 right
set label 14 'none, hidden 64, constant' at screen 0.26476,0.34910 right
set label 15 'projection, hidden 64, cosine' at screen 0.26476,0.29955 right
set label 16 'projection, hidden 64, step' at screen 0.26476,0.25000 right
set label 17 'none, hidden 64, cosine' at screen 0.26476,0.20045 right
set label 18 'none, hidden 64, step' at screen 0.26476,0.15090 right
plot \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8
unset output
