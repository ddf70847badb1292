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
0.01845924029022618 0.015108834827144646 0.021372760063260776 1
0.014223218096457546 0.009691437011307674 0.01901408450704234 2
0.00848271446862997 0.004557630839887281 0.013188220230473835 3
0.007116944088775094 0.00219330299382549 0.012040585183724698 4
0.0056978233034570835 0.004236157410316586 0.007170294494238116 5
0.0036278275714895503 0.0018568887632654265 0.005398766379713674 6
-0.004908237302603498 -0.008328329892740037 -0.001488144712466958 9
-0.0064980793854033285 -0.00967357760570498 -0.003072983354673431 10
-0.010083226632522405 -0.012926731479718418 -0.007239721785326392 11
-0.012142552283397353 -0.0158031848707601 -0.007490396927016585 12
-0.01303883909517715 -0.018250391150532036 -0.007827287039822262 13
-0.016229193341869397 -0.01971477644416893 -0.012099871959026842 14
-0.020860008536064883 -0.02480297310598869 -0.01606914212548005 15
-0.02789159197609903 -0.031306017925736285 -0.024612558969917486 16
-0.033418693982074275 -0.039244558258642814 -0.028310169601778852 17
EOD
$open << EOD
-0.0018565941101152579 -0.003649167733674852 0.0002560819462228414 7
-0.0038412291933418627 -0.008303903260124456 0.0006214448734407304 8
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
  $open using 1:4:2:3 with xerrorbars linecolor rgb '#56B4E9' linewidth 1.2 pointtype 6 pointsize 0.7, \
  $clear using 1:4:2:3 with xerrorbars linecolor rgb '#0072B2' linewidth 2.2 pointtype 7 pointsize 0.8
unset output
