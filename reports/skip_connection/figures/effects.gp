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
0.019398207426376435 0.01821709239211261 0.020575129802167788 1
0.015166453265044821 0.012564099498822978 0.01770908503247664 2
0.006991037131882216 0.0035729971350330126 0.010203871133686714 3
0.006715749039692698 0.003121466584686853 0.01012778204272309 4
0.005813060179257368 0.005117476125167664 0.006505160625447376 5
0.0033226632522407205 0.0019551652722931945 0.004630815194195503 6
-0.0023111395646607134 -0.0035211267605634125 -0.001024647454237271 7
-0.0042061459667093294 -0.007272049586901661 -0.001301749893299194 8
-0.0050512163892445505 -0.006786171574903965 -0.0033991626414125358 9
-0.00683098591549296 -0.008686028216513049 -0.004787761501557812 10
-0.010717029449423798 -0.0127660752270568 -0.008675257264024286 11
-0.011491677336747752 -0.014526741751971021 -0.008441336274281785 12
-0.01255441741357235 -0.0143295047499193 -0.01067510408611089 13
-0.01624839948783611 -0.019383366266440945 -0.012795410488394604 14
-0.02156209987195904 -0.02456596132553074 -0.01827784891165174 15
-0.026434058898847645 -0.030514862792596305 -0.022446906286630403 16
-0.03217029449423816 -0.03602409082100448 -0.028553137003841267 17
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
set label 13 'none, hidden 64, constant' at screen 0.26476,0.39865 right
set label 14 'none, hidden 128, step' at screen 0.26476,0.34910 right
set label 15 'projection, hidden 64, cosine' at screen 0.26476,0.29955 right
set label 16 'projection, hidden 64, step' at screen 0.26476,0.25000 right
set label 17 'none, hidden 64, cosine' at screen 0.26476,0.20045 right
set label 18 'none, hidden 64, step' at screen 0.26476,0.15090 right
plot \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8
unset output
