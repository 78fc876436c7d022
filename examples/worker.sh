#!/bin/sh
# An extractor as a program that speaks boilerbench's worker protocol, in shell with jq.
echo '{"ready": true, "version": "0.1"}'
while IFS= read -r line; do
  page=$(printf '%s' "$line" | jq -r .page_text)
  tr '\n' ' ' < "$page" | sed 's/<p[ >]/\n&/g; s/<\/p>/\n/g' | sed -n '/^<p/s/<[^>]*>//gp' |
    jq -Rsc --argjson request "$line" '{id: $request.id, text: .}'
done
