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
0.009359795134443027 0.006517739636826062 0.012395902701519683 1
-0.003011096884336325 -0.0043397022937097076 -0.0017392232180964418 3
0.0033781476739223196 0.0020615940536933843 0.004653920942414003 5
0.0031583440034144332 0.0019080091747149988 0.0044174135723431774 6
EOD
$open << EOD
0.0011139564660691474 -0.0005406174420258871 0.002929831276439165 2
0.000926163038839097 -0.00032005151385029555 0.0021820315834400472 4
EOD
$dots << EOD
0.004588134869825011 1.27
0.011224925309432346 1.27
0.01135296628254375 1.27
0.015450277422108435 1.27
0.008578745198463541 1.27
0.009603072983354647 1.27
0.008344003414425946 1.27
0.00795988049509174 1.27
0.009880495091762734 1.27
0.006615450277422126 1.27
-0.0014297908664105592 2.27
0.001259069568928776 2.27
0.0015578318395219985 2.27
0.00017072129748185727 2.27
0.0009603072983354796 2.27
-0.00042680324370466166 2.27
0.001280409731113911 2.27
0.00023474178403755838 2.27
0.0027742210840802453 2.27
0.0047588561673068686 2.27
-0.001963294921041451 3.27
-0.001963294921041414 3.27
-0.0026888604353393353 3.27
-0.004161331626120313 3.27
-0.002475458813486986 3.27
-0.003606487409304323 3.27
-0.0045454545454545565 3.27
-0.0022193768672641814 3.27
-0.001259069568928702 3.27
-0.005228339735381986 3.27
-0.0003841229193341696 4.27
0.00123772940674353 4.27
0.0029449423815621025 4.27
0.001899274434485713 4.27
0.001216389244558247 4.27
0.0007895860008535852 4.27
-0.0007682458386683392 4.27
-6.402048655573811e-05 4.27
0.002646180110968843 4.27
-0.0002560819462228044 4.27
0.0008536064874092864 5.27
0.004652155356380712 5.27
0.004118651301749894 5.27
0.0044387537345284 5.27
0.002347417840375584 5.27
0.0023047375160051287 5.27
0.0026248399487835603 5.27
0.0033717456252667644 5.27
0.004929577464788763 5.27
0.004139991463935104 5.27
0.0007255655142978842 6.27
0.004630815194195466 6.27
0.003158344003414415 6.27
0.005121638924455866 6.27
0.0034997865983782037 6.27
0.002475458813486949 6.27
0.003222364489970079 6.27
0.0026675202731540892 6.27
0.0038198890311566722 6.27
0.0022620571916347107 6.27
EOD
$outer << EOD
0.009359795134443027 0.0060895143384114385 0.012630075930474601 1
0.0011139564660691474 -0.0008681647781754844 0.003096077710313768 2
-0.003011096884336325 -0.004650892401900113 -0.0013713013667725263 3
0.000926163038839097 -0.0006353136288113341 0.002487639706489524 4
0.0033781476739223196 0.001712763049988287 0.0050435322978563575 5
0.0031583440034144332 0.001532334886338709 0.004784353120490146 6
EOD
set xrange [-0.01:0.02]
set xtics 0.005
set format x '%.3f'
set lmargin at screen 0.20167
set rmargin at screen 0.66357
set tmargin at screen 0.93069
set bmargin at screen 0.27723
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [6.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.43262,0.07921 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'hidden 64' at screen 0.18500,0.87624 right
set label 3 'hidden 128' at screen 0.18500,0.76733 right
set label 4 'hidden 256' at screen 0.18500,0.65842 right
set label 5 'learning_rate constant' at screen 0.18500,0.54950 right
set label 6 'learning_rate step' at screen 0.18500,0.44059 right
set label 7 'learning_rate cosine' at screen 0.18500,0.33168 right
set label 8 'better, on average' at screen 0.68024,0.87624 left
set label 9 'the same within the margin, on average' at screen 0.68024,0.76733 left
set label 10 'worse, on average' at screen 0.68024,0.65842 left
set label 11 'depends on hidden' at screen 0.68024,0.54950 left
set label 12 'depends on hidden' at screen 0.68024,0.44059 left
set label 13 'depends on hidden' at screen 0.68024,0.33168 left
plot \
  $dots using 1:2 with points linecolor rgb '#999999' pointtype 7 pointsize 0.5, \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7, \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8, \
  $outer using 1:4:2:3 with xerrorbars linecolor rgb '#444444' linewidth 0.8 pointtype 0
unset output
