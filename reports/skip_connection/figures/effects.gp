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
-0.013401621852326073 -0.02093584221227641 -0.005867401492375735 1
-0.031924882629107976 -0.035299788663522735 -0.028549976594693216 2
-0.026291079812206537 -0.02959019236438993 -0.022991967260023144 3
0.006444728979940269 0.003246832422814784 0.009642625537065755 4
-0.013316261203585126 -0.016102791864733835 -0.010529730542436416 5
-0.007341015791720011 -0.011003443835756964 -0.003678587747683059 6
0.017819035424669265 0.011241926742439345 0.024396144106899185 7
0.006103286384976518 0.0032747151714848186 0.008931857598468217 8
-0.02003841229193341 -0.029107631660132936 -0.010969192923733882 10
-0.01566367904396071 -0.023058981829158602 -0.008268376258762818 11
-0.009688433632095594 -0.011461759000410835 -0.007915108263780354 13
-0.003947930004268037 -0.007494580740898572 -0.0004012792676375012 14
0.01318822023047376 0.008489260099275076 0.017887180361672445 15
-0.0017925736235595198 -0.003445321150992017 -0.00013982609612702237 16
0.0032437046521553623 0.0009262901138842408 0.005561119190426483 17
EOD
$open << EOD
-0.002731540759709753 -0.011244532547062746 0.00578145102764324 9
0.006274007682458375 -0.0011531470387860406 0.013701162403702791 12
EOD
set xrange [-0.04:0.03]
set xtics 0.01
set format x '%.2f'
set lmargin at screen 0.41702
set rmargin at screen 0.97143
set tmargin at screen 0.96847
set bmargin at screen 0.12613
set border 1 linecolor rgb '#444444'
unset ytics
unset grid
set yrange [17.5:0.5]
set label 1 'difference in test.accuracy' at screen 0.69423,0.03604 center
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#777777' linewidth 1 dashtype (4,4) back
set label 2 'skip=none,hidden=64,learning_rate=constant' at screen 0.40036,0.94369 right
set label 3 'skip=none,hidden=64,learning_rate=step' at screen 0.40036,0.89414 right
set label 4 'skip=none,hidden=64,learning_rate=cosine' at screen 0.40036,0.84459 right
set label 5 'skip=none,hidden=128,learning_rate=constant' at screen 0.40036,0.79505 right
set label 6 'skip=none,hidden=128,learning_rate=step' at screen 0.40036,0.74550 right
set label 7 'skip=none,hidden=128,learning_rate=cosine' at screen 0.40036,0.69595 right
set label 8 'skip=none,hidden=256,learning_rate=constant' at screen 0.40036,0.64640 right
set label 9 'skip=none,hidden=256,learning_rate=cosine' at screen 0.40036,0.59685 right
set label 10 'skip=projection,hidden=64,learning_rate=constant' at screen 0.40036,0.54730 right
set label 11 'skip=projection,hidden=64,learning_rate=step' at screen 0.40036,0.49775 right
set label 12 'skip=projection,hidden=64,learning_rate=cosine' at screen 0.40036,0.44820 right
set label 13 'skip=projection,hidden=128,learning_rate=constant' at screen 0.40036,0.39865 right
set label 14 'skip=projection,hidden=128,learning_rate=step' at screen 0.40036,0.34910 right
set label 15 'skip=projection,hidden=128,learning_rate=cosine' at screen 0.40036,0.29955 right
set label 16 'skip=projection,hidden=256,learning_rate=constant' at screen 0.40036,0.25000 right
set label 17 'skip=projection,hidden=256,learning_rate=step' at screen 0.40036,0.20045 right
set label 18 'skip=projection,hidden=256,learning_rate=cosine' at screen 0.40036,0.15090 right
plot \
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7, \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8
unset output
