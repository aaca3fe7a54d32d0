# `top` with jq: jq --null-input --raw-input --arg n 5 --from-file top.jq FILE
reduce (inputs | index(":") as $colon | {score: .[:$colon] | tonumber, id: .[$colon + 1:] | fromjson | .id}) as $line
    ([]; if length < ($n | tonumber) or $line.score > .[-1].score
         then (. + [$line]) | sort_by(-.score) | .[:$n | tonumber]
         else . end)
