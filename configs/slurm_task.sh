#!/bin/sh
# One task of the job arrays that `ablate run STUDY.yaml --slurm` submits. A site changes a copy of this file and names it as
# `script` in its cluster.yaml. Words between at signs are filled in; the one called options becomes lines of #SBATCH: the array,
# and what cluster.yaml says of time, cpus, memory, partition and requeue. Where the script has no line --output, logs go to
# @logs@/%A_%a.log: on sbatch's command line, which takes every name of a folder.
#SBATCH --job-name=@name@
#SBATCH --open-mode=append
#SBATCH --signal=B:USR1@120
@options@

# Two minutes before its time is up the program gets SIGUSR1, publishes what it has and has itself queued again. It takes the
# shell's place (exec), so that the signal reaches it. Its own file lies on the node: $SLURM_TMPDIR, else $TMPDIR, else /tmp.
exec @program@ work @manifest@ --chunk "$((@first_chunk@ + SLURM_ARRAY_TASK_ID))" @requeue@
