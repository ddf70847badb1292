# The notebook's seven metrics on its "test" images, beside ours trained the same way and with those images held out.
# Colours: Okabe and Ito, readable without colour by their dashes.
if (format eq 'svg') { set terminal svg size 1200,560 font 'sans,13' noenhanced } else { set terminal pngcairo size 1800,840 font 'sans,13' fontscale 1.3 noenhanced }
set output 'compare.'.format
set datafile separator ','
set multiplot layout 2,4 margins 0.05,0.985,0.10,0.93 spacing 0.055,0.20
set border 3 lc rgb '#444444'
set tics nomirror out
set xtics 0,10,50
set grid ytics lc rgb '#e6e6e6' lt 1
set xlabel 'epoch' offset 0,0.6
set key off
set style line 1 lc rgb '#000000' lw 2 dt 1
set style line 2 lc rgb '#d55e00' lw 2 dt 2
set style line 3 lc rgb '#0072b2' lw 2 dt 4
names = 'Accuracy;Macro precision;Macro recall;F1 of the means;Log loss (lower is better);Macro specificity;AUC-ROC'
title_of(i) = system("printf '%s' '".names."' | cut -d';' -f".i)
notebook(i) = sprintf("< awk -F, '$2 == \"test\" {print $1 \",\" $%d}' notebook_epochs.csv", i + 2)
ours(variant, i) = sprintf("< awk -F, '$1 == \"%s\" && $2 == \"test\" {print $3 \",\" $%d}' ours.csv", variant, i + 4)
do for [i=1:7] {
  set title title_of(i) noenhanced
  plot notebook(i) using 1:2 with lines ls 1, \
       ours('notebook', i) using 1:2 with lines ls 2, \
       ours('held_out', i) using 1:2 with lines ls 3
}
set title ' '
unset border; unset tics; unset xlabel; unset grid
set key left center Left reverse spacing 1.8 samplen 2.5 width -2
plot [0:1][0:1] NaN with lines ls 1 title 'the notebook', NaN with lines ls 2 title 'ours, test trained on', \
     NaN with lines ls 3 title 'ours, test held out'
unset multiplot
