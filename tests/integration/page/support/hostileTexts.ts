/** What the payloads below would set if one of them ran. */
export const HURT = 'window.hurt';

/** Texts as others give them who mean harm, or write otherwise than we do. By what they are about. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  script: `<script>${HURT}=1</script>`,
  image: `<img src=x onerror="${HURT}=1">`,
  vector: `<svg/onload=${HURT}=1><animate onbegin=${HURT}=1>`,
  frame: `"><iframe srcdoc="<script>parent.hurt=1</script>"></iframe>`,
  ends: `</title></textarea></style></script><!-- <form action=//evil.example><b>`,
  quotes: `' onmouseover='${HURT}=1' " onfocus="${HURT}=1" autofocus x="\``,
  template: `{{constructor.constructor('${HURT}=1')()}} \${${HURT}=1} <%= ${HURT}=1 %> #{${HURT}=1}`,
  scriptLink: `javascript:${HURT}=1//https://evil.example`,
  dataLink: `data:text/html,<script>${HURT}=1</script>`,
  webLink: 'https://evil.example/pixel.gif?"onclick=x',
  entities: '&lt;b&gt; &#x202E; &amp;amp; %3Cscript%3E %00 \\u003c',
  controls: 'a\u0000b\u0007c\u001B[31md\r\ne\tf\u007Fg\u0085h',
  directions: 'left \u202Etfel\u202C \u2066first\u2069 \u200Fright\u061C',
  zeroWidth: 'a\u200Bb\uFEFFc\u2060d\u00ADe\u{E0041}f\u2028g\u2029h',
  halves: 'high \uD83D low \uDC00 end',
  rightToLeft: 'שלום עולם (1 + 2) مرحبا بالعالم',
  emoji: `👩‍👩‍👧‍👦 🏳️‍🌈 ${`Z\u0351\u0346\u0301`.repeat(30)} 漢字`,
  prototype: '__proto__',
  long: `word-${'w'.repeat(9_995)}`,
};
