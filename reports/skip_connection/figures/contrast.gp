# Draws contrast.svg; contrast.pdf, contrast.png: gnuplot -e "format = 'pdf'" contrast.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1680,404 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 7.000in,1.683in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 840,202 font 'sans-serif,12' background '#ffffff'
}
set output 'contrast.'.format
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
0.011139564660691437 0.00735794249088171 0.014921186830501164 1
-0.002720870678617143 -0.004625861464982923 -0.0003201024327784321 3
0.004253805662256359 0.0019316511366417708 0.0065759601878709485 5
0.0037274149950206428 0.002191171768843819 0.005263658221197467 6
EOD
$open << EOD
0.0007611324512733003 -0.0020729167224483517 0.0035951816249949523 2
0.0011986057760705914 -0.0008109673668493871 0.00320817891899057 4
EOD
$dots << EOD
0.012505335040546331 1.27
0.01271873666239868 1.27
0.008365343576611192 1.27
0.010349978659837852 1.27
0.009048228766538621 1.27
0.013849765258215943 1.27
0.0030303030303030867 2.27
0.0018139137857447658 2.27
0.0017072129748186466 2.27
-0.001195049082373001 2.27
-0.0005548442168161009 2.27
-0.00023474178403759538 2.27
-0.0029022620571915736 3.27
-0.003905249679897582 3.27
-0.0033717456252667275 3.27
-0.0034357661118224656 3.27
-0.0003201024327784315 3.27
-0.002390098164746076 3.27
0.0014084507042253873 4.27
0.00303030303030305 4.27
0.000597524541186519 4.27
-0.0005121638924455348 4.27
0.0010456679470764267 4.27
0.0016218523260776996 4.27
0.005996585574050435 5.27
0.004374733247972662 5.27
0.003350405463081555 5.27
0.0030943235168587138 5.27
0.0029449423815620657 5.27
0.005761843790012729 5.27
0.005228339735382022 6.27
0.003222364489970153 6.27
0.0027528809218950365 6.27
0.003137003841229206 6.27
0.004182671788305596 6.27
0.003841229193341844 6.27
EOD
set xrange [-0.005:0.015]
set xtics 0.005
set format x '%.3f'
set lmargin at screen 0.20167
set rmargin at screen 0.82143
set tmargin at screen 0.93069
set bmargin at screen 0.27723
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [6.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.51155,0.07921 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'hidden 64' at screen 0.18500,0.87624 right
set label 3 'hidden 128' at screen 0.18500,0.76733 right
set label 4 'hidden 256' at screen 0.18500,0.65842 right
set label 5 'learning_rate constant' at screen 0.18500,0.54950 right
set label 6 'learning_rate step' at screen 0.18500,0.44059 right
set label 7 'learning_rate cosine' at screen 0.18500,0.33168 right
set label 8 'better' at screen 0.83333,0.87624 left
set label 9 'cannot say' at screen 0.83333,0.76733 left
set label 10 'worse' at screen 0.83333,0.65842 left
set label 11 'cannot say' at screen 0.83333,0.54950 left
set label 12 'better' at screen 0.83333,0.44059 left
set label 13 'better' at screen 0.83333,0.33168 left
plot \
  $dots using 1:2 with points linecolor rgb '#999999' pointtype 7 pointsize 0.5, \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7, \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8
unset output
