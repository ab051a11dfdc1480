#!/bin/sh
# Een hele ronde met Loket, met curl: van een lichting van 150 tot een uitgevallen coach.
#
# Start eerst een lege dienst, maak een sleutel, en geef adres en sleutel mee:
#   loket serve --gegevens voorbeeld.sqlite --adres 127.0.0.1:8080
#   SLEUTEL=$(loket toegang token --rol intermediair --naam voorbeeld --gegevens voorbeeld.sqlite | head -n 1)
#   LOKET_URL=http://127.0.0.1:8080 SLEUTEL=$SLEUTEL sh docs/voorbeeld.sh
# LOKET is het programma dat de lichtingen maakt, als het niet als `loket` te vinden is. Alle namen zijn verzonnen.
set -eu

url=${LOKET_URL:-http://127.0.0.1:8080}/v1
loket=${LOKET:-loket}
: "${SLEUTEL:?geef een sleutel van een intermediair in SLEUTEL}"
umask 077
map=$(mktemp -d)
trap 'rm -rf "$map"' EXIT
# In een bestand: wat getypt wordt kunnen anderen op deze machine zien.
printf 'Authorization: Bearer %s\n' "$SLEUTEL" >"$map/sleutel"

fout() {
    printf 'FOUT: %s\n' "$1" >&2
    exit 1
}

# vraag STATUS METHODE PAD [opties van curl]: de kop komt in $map/kop, het antwoord in $map/antwoord.
vraag() {
    verwacht=$1 methode=$2 pad=$3
    shift 3
    status=$(curl -sS --max-time 60 -o "$map/antwoord" -D "$map/kop" -w '%{http_code}' -X "$methode" -H "@$map/sleutel" "$@" "$url$pad") ||
        fout "$methode $pad: de dienst antwoordt niet"
    [ "$status" = "$verwacht" ] || fout "$methode $pad gaf $status en niet $verwacht: $(cat "$map/antwoord")"
}

# stuur STATUS METHODE PAD JSON [opties van curl]
stuur() {
    wat=$4 st=$1 me=$2 pa=$3
    shift 4
    vraag "$st" "$me" "$pa" -H 'Content-Type: application/json' --data-binary "$wat" "$@"
}

# tekst SLEUTEL en getal SLEUTEL: de eerste waarde met die sleutel in het antwoord. aantal TEKST: hoe vaak iets erin staat.
tekst() { grep -oE "\"$1\":\"([^\"\\\\]|\\\\.)*\"" "$map/antwoord" | head -n 1 | sed -e 's/^[^:]*:"//' -e 's/"$//' -e 's/\\"/"/g'; }
getal() { grep -o "\"$1\":-\{0,1\}[0-9][0-9]*" "$map/antwoord" | head -n 1 | cut -d : -f 2; }
aantal() { grep -o "$1" "$map/antwoord" | wc -l | tr -d ' '; }
etag() { sed -n 's/^[Ee][Tt][Aa][Gg]: *//p' "$map/kop" | tr -d '\r'; }

stap() { printf '\n%s\n' "$1"; }
zeg() { printf '   %s\n' "$1"; }

# volg PAD: laat de gebeurtenissen zien tot het werk klaar is, en kijkt hoe het afliep.
volg() {
    curl -sSN --max-time 120 -H "@$map/sleutel" -H 'Accept: text/event-stream' "$url$1/gebeurtenissen" >"$map/stroom" ||
        fout "$1: de gebeurtenissen breken af"
    sed -n -e 's/^data: {"toestand":"\([a-z]*\)".*/   \1/p' \
        -e 's/^data: {"doel":"\([a-z_]*\)","nummer":\([0-9]*\),"waarde":\(-\{0,1\}[0-9]*\),.*"klaar":true.*/   doel \2, \1: \3/p' "$map/stroom"
    vraag 200 GET "$1"
    [ "$(toestand)" = klaar ] || fout "$1 is niet klaar: $(cat "$map/antwoord")"
}

# wacht PAD: vraagt elke halve seconde of het klaar is.
wacht() {
    keer=0
    while vraag 200 GET "$1" && [ "$(toestand)" != klaar ]; do
        case $(toestand) in mislukt | afgebroken) fout "$1: $(cat "$map/antwoord")" ;; esac
        keer=$((keer + 1))
        [ "$keer" -lt 240 ] || fout "$1 wordt niet klaar"
        sleep 0.5
    done
}
# Van het werk zelf: in een antwoord kan ook over andere toestanden verteld worden.
toestand() { grep -o '"toestand":"[a-z]*","\(pogingen\|gereed\)"' "$map/antwoord" | head -n 1 | cut -d '"' -f 4; }

# reken LICHTING: vraagt een berekening en volgt haar; haar id komt in $berekening.
reken() {
    vraag 202 POST "/lichtingen/$1/berekeningen"
    berekening=$(tekst id)
    volg "/berekeningen/$berekening"
    zeg "berekening $berekening: $(tekst status)"
}

# Wat er verschilt, en waarom bij de eerste die verandert.
verschil() {
    zeg "lichting $(tekst lichting): $(getal gedwongen) moesten anders, $(getal gewijzigd) zijn anders gekozen, $(getal hetzelfde) blijven"
    zeg "bijvoorbeeld $(tekst kandidaat): $(tekst tekst)"
}

stap 'Een lichting van 150 kandidaten wordt gemaakt en ingediend.'
"$loket" generate --preset amsterdam --candidates 150 --seed 1 -o "$map/gemaakt.json" >/dev/null
sed 's/"gegenereerd-amsterdam-1"/"voorbeeld-1"/' "$map/gemaakt.json" >"$map/lichting.json"
stuur 201 POST /lichtingen "@$map/lichting.json" -H 'Idempotency-Key: voorbeeld-lichting-1'
zeg "lichting $(tekst id) is $(tekst toestand)"
vraag 200 POST /lichtingen/voorbeeld-1/indiening -H "If-Match: $(etag)"
zeg "lichting $(tekst id) is $(tekst toestand), zaad $(getal zaad)"

stap 'Er wordt gerekend; de voortgang komt binnen zodra zij er is.'
reken voorbeeld-1
eerste=$berekening

stap 'De uitkomst.'
vraag 200 GET "/berekeningen/$eerste/uitkomst"
tr '{' '\n' <"$map/antwoord" | sed -n 's/^"kandidaat":"\([^"]*\)","school":"\([^"]*\)","plek":"\([^"]*\)","bouw":"[^"]*","coach":"\([^"]*\)".*/\1 \2 \3 \4/p' >"$map/plan"
[ -s "$map/plan" ] || fout 'in de uitkomst is niemand geplaatst'
zeg "$(wc -l <"$map/plan" | tr -d ' ') kandidaten geplaatst; de eerste drie:"
head -n 3 "$map/plan" | while read -r wie school plek coach; do zeg "$wie: $plek op $school, met coach $coach"; done
wie_op() { sed -n "$1s/ .*//p" "$map/plan"; }
een=$(wie_op 1) twee=$(wie_op 2) drie=$(wie_op 3)

stap "Waarom deze plaats voor $een, en wat kan er anders?"
stuur 202 POST "/berekeningen/$eerste/vragen" "{\"soort\":\"waarom\",\"vraag\":{\"kandidaat\":\"$een\",\"alternatieven\":3}}"
wacht "/vragen/$(tekst id)"
zeg "nu: $(tekst tekst)"
sed 's/.*"alternatieven":{"alternatieven"://' "$map/antwoord" | grep -o '{"plaats":{"tekst":"[^"]*"' | cut -d '"' -f 6 >"$map/anders"
[ -s "$map/anders" ] || fout 'er is geen alternatief'
while read -r anders; do zeg "ook mogelijk: $anders"; done <"$map/anders"

stap "Besluiten: $een akkoord, $twee afgewezen met een reden, $drie vast."
besluit() {
    stuur 200 PUT "/lichtingen/voorbeeld-1/beoordelingen/$1" "$2" -H 'If-None-Match: *'
    zeg "$1: $(tekst besluit), $(etag)"
}
besluit "$een" '{"besluit":"akkoord"}'
besluit "$twee" '{"besluit":"afwijzen","reden":"reis-te-zwaar","reikwijdte":"school"}'
besluit "$drie" '{"besluit":"vast"}'
stuur 412 PUT "/lichtingen/voorbeeld-1/beoordelingen/$een" '{"besluit":"vast"}' -H 'If-None-Match: *'
zeg "wie het eerste besluit niet zag, hoort: $(tekst title)"
vraag 200 GET "/berekeningen/$eerste"
grep -q '"verouderd":true' "$map/antwoord" || fout 'de eerste berekening is niet verouderd'
zeg 'de eerste berekening is nu verouderd'

stap 'Opnieuw rekenen met deze besluiten, en wat er verschilt.'
reken voorbeeld-1
vraag 200 GET "/berekeningen/$berekening/verschil?met=$eerste"
verschil

stap 'De lichting wordt vastgesteld.'
vraag 200 GET /lichtingen/voorbeeld-1
stuur 200 POST /lichtingen/voorbeeld-1/vaststelling '{"bevestigd":true}' -H "If-Match: $(etag)"
zeg "lichting $(tekst id) is $(tekst toestand): $(getal geplaatst) geplaatst, $(getal ongeplaatst) niet"

stap 'Een bestuur bekijkt zijn plekken en biedt er een meer aan.'
bestuur=B01
vraag 200 GET "/besturen/$bestuur/capaciteit"
zeg "bestuur $bestuur: $(getal totaal) groepen plekken; de eerste:"
school=$(tekst school) plek=$(tekst plek) had=$(getal aantal)
zeg "$plek op $school: $had aangeboden, $(getal gebruikt) gebruikt, $(getal vrij) vrij"
vraag 200 GET "/besturen/$bestuur/scholen/$school/plekken/$plek"
sed -e "s/\"aantal\":$had,/\"aantal\":$((had + 1)),/" "$map/antwoord" >"$map/plekken.json"
stuur 200 PUT "/besturen/$bestuur/scholen/$school/plekken/$plek" "@$map/plekken.json" -H "If-Match: $(etag)"
zeg "$plek op $school: nu $(getal aantal) aangeboden, $(getal vrij) vrij"
[ "$(getal aantal)" = $((had + 1)) ] || fout 'het aantal is niet veranderd'
stuur 202 POST "/besturen/$bestuur/capaciteit/opbrengst" "{\"berekening\":\"$berekening\",\"aantal\":2}"
wacht "/vragen/$(tekst id)"
zeg 'wat een plek meer zou opbrengen, is nagerekend:'
grep -o '"verandering":"[^"]*"' "$map/antwoord" | cut -d '"' -f 4 >"$map/meer"
while read -r meer; do zeg "$meer geeft een beter plan"; done <"$map/meer"
[ -s "$map/meer" ] || zeg 'niets: dit bestuur heeft plekken genoeg'

stap 'Een tweede lichting van 60 kandidaten, op dezelfde scholen en met dezelfde coaches.'
"$loket" generate --preset amsterdam --candidates 60 --seed 1 -o "$map/gemaakt.json" >/dev/null
sed -e 's/"gegenereerd-amsterdam-1"/"voorbeeld-2"/' -e 's/"Z0/"Y0/g' "$map/gemaakt.json" >"$map/lichting.json"
stuur 201 POST /lichtingen "@$map/lichting.json"
vraag 200 POST /lichtingen/voorbeeld-2/indiening -H "If-Match: $(etag)"
reken voorbeeld-2
vraag 200 GET "/berekeningen/$berekening/uitkomst"
cut -d ' ' -f 4 "$map/plan" | sort -u >"$map/coaches"
coach=$(grep -o '"coach":"[^"]*"' "$map/antwoord" | cut -d '"' -f 4 | sort -u | comm -12 - "$map/coaches" | head -n 1)
[ -n "$coach" ] || fout 'geen coach zit in beide lichtingen'

stap "Coach $coach valt uit: beide lichtingen worden opnieuw berekend, met zo weinig mogelijk wijzigingen."
stuur 202 POST "/coaches/$coach/uitval" '{}' -H "Idempotency-Key: voorbeeld-uitval-$coach"
herberekening=$(tekst id)
[ "$(getal totaal)" = 2 ] || fout "niet twee lichtingen maar $(getal totaal)"
wacht "/herberekeningen/$herberekening"
zeg "herberekening $herberekening: $(getal gereed) van $(getal totaal) lichtingen klaar"
versie=$(etag)
grep -o '"verschil":"[^"]*"' "$map/antwoord" | cut -d '"' -f 4 >"$map/verschillen"
[ "$(wc -l <"$map/verschillen" | tr -d ' ')" = 2 ] || fout 'er zijn geen twee verschillen'
while read -r pad; do
    vraag 200 GET "${pad#/v1}"
    verschil
done <"$map/verschillen"

stap 'De voorstellen worden aanvaard: nu pas verandert er iets.'
vraag 200 POST "/herberekeningen/$herberekening/aanvaarding" -H "If-Match: $versie"
# Van de herberekening zelf en van elk van haar twee lichtingen.
[ "$(aantal '"besluit":"aanvaard"')" = 3 ] || fout "niet alles is aanvaard: $(cat "$map/antwoord")"
for lichting in voorbeeld-1 voorbeeld-2; do
    vraag 200 GET "/lichtingen/$lichting"
    zeg "lichting $lichting is $(tekst toestand), versie $(getal versie)"
done
vraag 200 GET "/coaches/$coach"
zeg "coach $coach: tot en met $(tekst tot)"

printf '\nKlaar: dit was het hele voorbeeld.\n'
