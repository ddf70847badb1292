# Draws metrics-2-skip.svg; metrics-2-skip.pdf, metrics-2-skip.png: gnuplot -e "format = 'pdf'" metrics-2-skip.gp
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
set output 'metrics-2-skip.'.format
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
1 0.47861400000000004 0.475799 0.481577
2 0.6914060000000001 0.688591 0.694369
3 0.7870196666666667 0.784205 0.789983
4 0.8299816666666667 0.827167 0.832945
EOD
$panel1_line2 << EOD
1 0.45108066666666663 0.448266 0.454044
2 0.651501 0.648686 0.654464
3 0.7415553333333333 0.738741 0.744518
4 0.78202 0.779205 0.784983
EOD
$panel2_line1 << EOD
1 0.477614 0.474799 0.480577
2 0.690406 0.687591 0.693369
3 0.7860196666666667 0.783205 0.788983
4 0.8289816666666666 0.826167 0.831945
EOD
$panel2_line2 << EOD
1 0.45008066666666663 0.447266 0.453044
2 0.650501 0.647686 0.653464
3 0.7405553333333333 0.737741 0.743518
4 0.7810199999999999 0.778205 0.783983
EOD
$panel3_line1 << EOD
1 0.47861400000000004 0.475799 0.481577
2 0.6914060000000001 0.688591 0.694369
3 0.7870196666666667 0.784205 0.789983
4 0.8299816666666667 0.827167 0.832945
EOD
$panel3_line2 << EOD
1 0.45108066666666663 0.448266 0.454044
2 0.651501 0.648686 0.654464
3 0.7415553333333333 0.738741 0.744518
4 0.78202 0.779205 0.784983
EOD
$panel4_line1 << EOD
1 0.47661400000000004 0.473799 0.479577
2 0.689406 0.686591 0.692369
3 0.7850196666666668 0.782205 0.787983
4 0.8279816666666667 0.825167 0.830945
EOD
$panel4_line2 << EOD
1 0.4490806666666667 0.446266 0.452044
2 0.649501 0.646686 0.652464
3 0.7395553333333332 0.736741 0.742518
4 0.78002 0.777205 0.782983
EOD
$panel5_line1 << EOD
1 1.042772 1.0368460000000002 1.0484019999999998
2 0.617188 0.611262 0.6228180000000001
3 0.42596066666666665 0.420034 0.4315899999999999
4 0.3400366666666666 0.3341099999999999 0.34566600000000003
EOD
$panel5_line2 << EOD
1 1.0978386666666664 1.091912 1.103468
2 0.6969980000000001 0.6910719999999999 0.702628
3 0.5168893333333333 0.510964 0.522518
4 0.43595999999999996 0.430034 0.4415899999999999
EOD
$panel6_line1 << EOD
1 0.9886655217391304 0.9886043260869565 0.9887299347826087
2 0.9932914347826087 0.9932302391304347 0.993355847826087
3 0.9953699927536231 0.9953088043478261 0.9954344130434782
4 0.9963039492753624 0.9962427608695652 0.9963683695652173
EOD
$panel6_line2 << EOD
1 0.9880669710144927 0.9880057826086956 0.9881313913043478
2 0.9924239347826087 0.9923627391304348 0.992488347826087
3 0.9943816376811595 0.9943204565217392 0.9944460434782608
4 0.9952613043478261 0.9952001086956521 0.9953257173913044
EOD
$panel7_line1 << EOD
1 0.9739307 0.97378995 0.9740788499999999
2 0.9845703 0.98442955 0.98471845
3 0.9893509833333333 0.98921025 0.98949915
4 0.9914990833333333 0.99135835 0.99164725
EOD
$panel7_line2 << EOD
1 0.9725540333333335 0.9724133 0.9727022
2 0.98257505 0.9824343 0.9827232
3 0.9870777666666667 0.98693705 0.9872259
4 0.9891010000000001 0.98896025 0.98924915
EOD
set xrange [1:4]
set xtics 1
set multiplot
set lmargin at screen 0.05370
set rmargin at screen 0.23333
set tmargin at screen 0.92623
set bmargin at screen 0.60656
set yrange [0.4:0.9]
set ytics 0.1
set format y '%.1f'
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
set yrange [0.4:0.9]
set ytics 0.1
set format y '%.1f'
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
set yrange [0.4:0.9]
set ytics 0.1
set format y '%.1f'
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
set yrange [0.4:0.9]
set ytics 0.1
set format y '%.1f'
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
set yrange [0.2:1.2]
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
set yrange [0.988:0.998]
set ytics 0.002
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
