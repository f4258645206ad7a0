#!/bin/sh
# Follows the Debian guide in a copy of this machine that is thrown away: follow-guide.sh GUIDE PACKAGE, in
# namespaces of its own for mounts, processes and network. Ends well when the invitation has been mailed.
set -eu

GUIDE=$(realpath "$1")
PACKAGE=$(realpath "$2")
export NAME=guests.contoso.example

if [ "${3:-}" != inside ]; then
    stage=$(mktemp --directory)
    mount -t tmpfs stage "$stage"
    mkdir "$stage/upper" "$stage/work" "$stage/root"
    mount -t overlay overlay -o "lowerdir=/,upperdir=$stage/upper,workdir=$stage/work" "$stage/root"
    mount --rbind /dev "$stage/root/dev"
    mount -t proc proc "$stage/root/proc"
    mount -t tmpfs tmp "$stage/root/tmp"
    mkdir "$stage/root/tmp/here"
    cp "$0" "$GUIDE" "$PACKAGE" "$stage/root/tmp/here"
    here=/tmp/here
    outcome=0
    chroot "$stage/root" /usr/bin/env --ignore-environment PATH="$PATH" HOME=/root DEBIAN_FRONTEND=noninteractive \
        sh "$here/$(basename "$0")" "$here/$(basename "$GUIDE")" "$here/$(basename "$PACKAGE")" inside || outcome=$?
    exit "$outcome"
fi

cd /tmp/here
chmod 755 /tmp /tmp/here
ip link set lo up
echo "127.0.0.1 localhost $NAME" > /etc/hosts

# Nothing can be fetched from here: what is installed is new enough.
echo 'APT::Get::Upgrade "false";' > /etc/apt/apt.conf.d/99lodge

# What the guide takes for granted: a certificate, and a mail server that knows where the guest's mail goes.
mkdir -p /etc/ssl/lodge
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$NAME" -addext "subjectAltName=DNS:$NAME" \
    -keyout /etc/ssl/lodge/key.pem -out /etc/ssl/lodge/certificate.pem 2> /tmp/openssl
export CURL_CA_BUNDLE=/etc/ssl/lodge/certificate.pem
cp --no-clobber /usr/share/postfix/main.cf.debian /etc/postfix/main.cf
postconf -e "myhostname=$NAME" "mydestination=fabrikam.example $NAME" inet_interfaces=loopback-only inet_protocols=ipv4 \
    local_recipient_maps= luser_relay=lodgeguest alias_maps= mailbox_command= maillog_file=/var/log/postfix.log
useradd --create-home lodgeguest
postfix start > /tmp/postfix 2>&1

# systemd is not there to be asked, so its part is played: as the unit says, under the unit's user.
mkdir /tmp/bin
cat > /tmp/bin/systemctl << 'SYSTEMCTL'
#!/bin/sh
set -e
value() { sed -n "s/^$1=//p" /lib/systemd/system/lodge.service; }
case "$*" in
"enable --now lodge")
    runuser --user "$(value User)" -- $(value ExecStartPre)
    runuser --user "$(value User)" -- $(value ExecStart) > /tmp/lodge.log 2>&1 &
    for _ in $(seq 300); do
        curl --silent --fail http://127.0.0.1:8080/readyz > /dev/null && exit 0
        sleep 0.1
    done
    cat /tmp/lodge.log
    exit 1
    ;;
"restart nginx") nginx ;;
*) ;;
esac
SYSTEMCTL
chmod 755 /tmp/bin/systemctl
PATH=/tmp/bin:$PATH

awk '/^```sh$/ {inside = 1; next} /^```$/ {inside = 0} inside' "$GUIDE" > commands
count=$(grep --count . commands)
echo "$count commands"
[ "$count" -lt 10 ]
set -x
. ./commands
set +x

for _ in $(seq 300); do
    mail=$(cat /var/mail/lodgeguest 2> /dev/null || true)
    case "$mail" in
    *"To: guest@fabrikam.example"*"https://$NAME/redeem?"*)
        echo "the invitation has been mailed"
        exit 0
        ;;
    esac
    sleep 0.1
done
echo "no invitation in the guest's mailbox"
tail /var/log/postfix.log /tmp/lodge.log
exit 1
