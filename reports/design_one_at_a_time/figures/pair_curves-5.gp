# Draws pair_curves-5.svg; pair_curves-5.pdf, pair_curves-5.png: gnuplot -e "format = 'pdf'" pair_curves-5.gp
if (!exists("format")) format = 'svg'
if (format eq 'png') {
  set terminal pngcairo noenhanced size 1280,1444 font 'sans,9' fontscale 2 linewidth 2
}
if (format eq 'pdf') {
  set terminal pdfcairo noenhanced size 5.250in,5.923in font 'sans,7' linewidth 0.7
}
if (format eq 'svg') {
  set terminal svg noenhanced size 640,722 font 'sans-serif,12' background '#ffffff'
}
set output 'pair_curves-5.'.format
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
1 0.6036 0.5707304364931901 0.6364695635068099
2 0.6481333333333333 0.6294488302553636 0.6668178364113031
3 0.6628666666666666 0.6505524241077201 0.6751809092256131
4 0.6748 0.6683412419494491 0.6812587580505508
5 0.6858666666666666 0.6684753369998945 0.7032579963334388
6 0.6919333333333334 0.6769761560930535 0.7068905105736133
7 0.6947333333333333 0.6816606938472195 0.7078059728194471
8 0.6974 0.6847235934882443 0.7100764065117557
EOD
$panel1_line2 << EOD
1 0.6028666666666666 0.5710917065381614 0.6346416267951717
2 0.6469999999999999 0.6272827681768146 0.6667172318231852
3 0.6613333333333333 0.6528096876571842 0.6698569790094825
4 0.6731333333333334 0.666725734568014 0.6795409320986527
5 0.6834000000000001 0.6714761389835985 0.6953238610164018
6 0.6914000000000001 0.6772338793468724 0.7055661206531278
7 0.6942 0.6812920418107516 0.7071079581892484
8 0.6964 0.6851142476932991 0.7076857523067009
EOD
$panel2_line1 << EOD
1 -0.0007333333333333266 -0.0018807073945998828 0.0004140407279332295
2 -0.0011333333333333195 -0.0021675623358416584 -9.910433082498072e-05
3 -0.0015333333333333126 -0.005327916366930076 0.0022612497002634513
4 -0.0016666666666666312 -0.003263743768955437 -6.958956437782518e-05
5 -0.002466666666666654 -0.007939292145322135 0.0030059588119888277
6 -0.0005333333333333486 -0.004127472278593282 0.0030608056119265847
7 -0.0005333333333332746 -0.001292249940052543 0.00022558327338599387
8 -0.0010000000000000009 -0.004943446364637093 0.002943446364637091
EOD
set xrange [1:8]
set xtics 2
set multiplot
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.95014
set bmargin at screen 0.60665
set yrange [0.65:0.72]
set ytics 0.01
set format y '%.2f'
set label 1 'train_biases: true → false' at screen 0.53125,0.97230 center
set label 2 'epoch' at screen 0.53125,0.55402 center
plot \
  $panel1_line1 using 1:3:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.16 noborder, \
  $panel1_line2 using 1:3:4 with filledcurves fillcolor rgb '#D55E00' fillstyle transparent solid 0.16 noborder, \
  $panel1_line1 using 1:2 with lines linestyle 1, \
  $panel1_line2 using 1:2 with lines linestyle 2
set arrow from screen 0.09062,0.04986 to screen 0.14688,0.04986 nohead linestyle 1
set label 3 'true' at screen 0.15937,0.04986
set arrow from screen 0.09062,0.02216 to screen 0.14688,0.02216 nohead linestyle 2
set label 4 'false' at screen 0.15937,0.02216
set arrow from screen 0.54531,0.04986 to screen 0.60156,0.04986 nohead linestyle 3
set label 5 'false minus true' at screen 0.61406,0.04986
set lmargin at screen 0.09062
set rmargin at screen 0.97188
set tmargin at screen 0.48476
set bmargin at screen 0.14127
set yrange [-0.008:0.004]
set ytics 0.002
set format y '%.3f'
set label 1 'difference' at screen 0.53125,0.50693 center
set label 2 'epoch' at screen 0.53125,0.08864 center
plot \
  $panel2_line1 using 1:3:4 with filledcurves fillcolor rgb '#0072B2' fillstyle transparent solid 0.16 noborder, \
  $panel2_line1 using 1:2 with lines linestyle 3
unset multiplot
unset output
