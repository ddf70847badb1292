# A Slurm of three logical nodes on this machine, for tests: to be sourced by a bash script that runs as root and has set
# `lab`, an empty folder of its own. Nothing outside of that folder is touched, all daemons listen on 127.0.0.1, and only
# processes that carry the folder's name in their command line or environment are ever killed.
#
#   cluster_missing   prints what is not installed; empty: nothing
#   cluster_start     starts munged, slurmctld and the nodes n1, n2, n3 with two processors each
#   node_kill NODE    what a power cut does: its daemon and all that runs there, at once
#   node_start NODE   node_lost NODE (tells the controller, which otherwise waits for half a minute)
#   controller_kill   controller_start
#   cluster_stop      ends all of it
PATH=$PATH:/usr/sbin:/sbin
export SLURM_CONF=${lab:?}/slurm.conf
trap 'exit 1' INT TERM HUP  # through the script's own EXIT, which stops the cluster
cluster_nodes="n1 n2 n3"

cluster_missing() {
  local program
  for program in munged slurmctld slurmd sbatch squeue scontrol pgrep; do
    command -v $program >/dev/null || printf '%s ' $program
  done
  [ "$(id -u)" = 0 ] || printf 'root '
}

# A port of ours and the three after it, on which nobody listens; PORT in the environment names another first one.
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
cluster_port=${PORT:-$((20000 + $$ * 4 % 10000))}
for ((taken = 0; taken < 100; taken++)); do
  port_is_free "$cluster_port" && port_is_free $((cluster_port + 1)) && port_is_free $((cluster_port + 2)) && port_is_free $((cluster_port + 3)) && break
  cluster_port=$((cluster_port + 4))
done

cluster_configure() {
  mkdir -p "$lab"/{run,log,state,spool/n1,spool/n2,spool/n3}
  chmod 755 "$lab"
  (umask 077 && mkdir -p "$lab/munge" && head -c 256 /dev/urandom >"$lab/munge/key")
  cat >"$SLURM_CONF" <<C
ClusterName=chaos
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$cluster_port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$lab/run/munge.socket,cred_expire=4
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation=$lab/state
SlurmdSpoolDir=$lab/spool/%n
SlurmctldPidFile=$lab/run/slurmctld.pid
SlurmdPidFile=$lab/run/slurmd.%n.pid
SlurmctldLogFile=$lab/log/slurmctld.log
SlurmdLogFile=$lab/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
SlurmdParameters=config_overrides
ReturnToService=2
SlurmdTimeout=8
InactiveLimit=0
KillWait=5
OverTimeLimit=0
MinJobAge=60
MaxArraySize=${ARRAY_SIZE:-1001}
MaxJobCount=20000
JobRequeue=1
PriorityType=priority/basic
NodeName=n[1-3] NodeHostname=localhost NodeAddr=127.0.0.1 Port=[$((cluster_port + 1))-$((cluster_port + 3))] CPUs=${CPUS:-2} RealMemory=8000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
C
}

words_of() { { tr '\0' '\n' <"/proc/$1/$2"; } 2>/dev/null; } # PID cmdline|environ: a line each

# Processes of the lab: its folder in the command line, or SLURM_CONF of it in the environment.
of_lab() { # NAME...
  local name pid
  for name; do
    for pid in $(pgrep -x "$name"); do
      { words_of "$pid" cmdline | grep -qF "$lab/" || words_of "$pid" environ | grep -qxF "SLURM_CONF=$SLURM_CONF"; } &&
        echo "$pid"
    done
  done
}

# A process and all that it started.
with_children() {
  local child
  for child in $(pgrep -P "$1"); do with_children "$child"; done
  echo "$1"
}

# The step daemons of a node: those whose sockets are in its spool folder.
steps_of() { # NODE
  local pid job
  for pid in $(of_lab slurmstepd); do
    job=$(words_of "$pid" cmdline | sed -n 's/.*\[\([0-9]*\)\..*/\1/p')
    [ -n "$job" ] && compgen -G "$lab/spool/$1/$1_$job.*" >/dev/null && echo "$pid"
  done
}

controller_start() {
  [ -n "$(of_lab slurmctld)" ] || { rm -f "$lab/run/slurmctld.pid"; slurmctld -f "$SLURM_CONF"; }
}
controller_kill() {
  local pids
  pids=$(of_lab slurmctld)
  # shellcheck disable=SC2086
  [ -z "$pids" ] || kill -9 $pids
}

node_daemon() { for pid in $(of_lab slurmd); do words_of "$pid" cmdline | grep -qx "$1" && echo "$pid"; done; }
node_start() { [ -n "$(node_daemon "$1")" ] || slurmd -N "$1" -f "$SLURM_CONF"; }
node_lost() { timeout 10 scontrol update nodename="$1" state=down reason=test 2>/dev/null; }
node_kill() {
  local pid victims
  victims=$(node_daemon "$1")
  for pid in $(steps_of "$1"); do victims="$victims $(with_children "$pid" | tr '\n' ' ')"; done
  # shellcheck disable=SC2086
  [ -z "${victims// /}" ] || kill -9 $victims 2>/dev/null
  rm -f "$lab/run/slurmd.$1.pid" "$lab/spool/$1/$1"_*
}

cluster_start() {
  cluster_configure
  munged --key-file="$lab/munge/key" --seed-file="$lab/munge/seed" --socket="$lab/run/munge.socket" \
    --pid-file="$lab/run/munged.pid" --log-file="$lab/log/munged.log" || return 1
  controller_start || return 1
  local node i
  for node in $cluster_nodes; do node_start "$node" || return 1; done
  for ((i = 0; i < 100; i++)); do
    [ "$(timeout 10 sinfo -h -N -o %t 2>/dev/null | grep -cE '^(idle|mix|alloc)$')" = 3 ] && return 0
    sleep 0.2
  done
  echo "the nodes do not come up: $lab/log"
  return 1
}

# Drained or down nodes serve again, tasks that are held or wait for a moment may start.
cluster_heal() {
  local node
  controller_start
  for node in $cluster_nodes; do node_start "$node"; done
  for node in $(timeout 10 sinfo -h -N -o '%n %t' 2>/dev/null | awk '$2 ~ /down|drain/ {print $1}'); do
    timeout 10 scontrol update nodename="$node" state=resume 2>/dev/null
  done
  timeout 10 squeue -h -r -t PD -o '%i|%r' 2>/dev/null | while IFS='|' read -r task reason; do
    case $reason in
      *[Hh]eld*) timeout 10 scontrol release "$task" 2>/dev/null ;;
      BeginTime) timeout 10 scontrol update jobid="$task" StartTime=now 2>/dev/null ;;
    esac
  done
}

cluster_stop() {
  local pid round
  [ -z "$(of_lab slurmctld)" ] || timeout 10 scancel --user=root 2>/dev/null
  for ((round = 0; round < 20; round++)); do [ -z "$(of_lab slurmstepd)" ] && break; sleep 0.3; done
  for pid in $(of_lab slurmstepd); do with_children "$pid" | xargs -r kill -9 2>/dev/null; done
  for round in TERM KILL; do
    # shellcheck disable=SC2046
    kill -$round $(of_lab slurmd slurmctld munged) 2>/dev/null
    for ((pid = 0; pid < 10; pid++)); do
      [ -z "$(of_lab slurmd slurmctld munged)" ] && return
      sleep 0.2
    done
  done
}
