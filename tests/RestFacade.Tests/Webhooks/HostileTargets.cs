namespace Equaticket.RestFacade.Tests.Webhooks;

/// <summary>URLs that no webhook may have, in every spelling.</summary>
internal static class HostileTargets
{
    public static IEnumerable<string> All => Schemes.Concat(Places).Concat(Spellings).Concat(Embedded);

    private static readonly string[] Schemes =
    [
        "http://93.184.215.14/", "ftp://93.184.215.14/", "file:///etc/passwd", "gopher://93.184.215.14/",
        "//93.184.215.14/", "93.184.215.14", "https:93.184.215.14", "javascript:alert(1)",
        "https://93.184.215.14:22/", "https://93.184.215.14:80/", "https://93.184.215.14:0/",
        "https://93.184.215.14:1023/", "https://93.184.215.14:65536/",
        "https://user@93.184.215.14/", "https://user:password@93.184.215.14/", "https://@93.184.215.14/",
        "https://93.184.215.14@127.0.0.1/", "https://93.184.215.14/#fragment",
    ];

    private static readonly string[] Places =
    [
        "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://a.localhost/",
        "https://printer.local/", "https://metadata.google.internal/", "https://127.0.0.1/",
        "https://127.255.255.254:8443/", "https://0.0.0.0/", "https://0.1.2.3/", "https://10.0.0.1/",
        "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.1.1/", "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data/", "https://168.63.129.16/", "https://192.0.0.8/",
        "https://192.0.0.192/", "https://192.0.2.1/", "https://192.88.99.1/", "https://198.18.0.1/",
        "https://198.51.100.1/", "https://203.0.113.1/", "https://224.0.0.1/", "https://240.0.0.1/",
        "https://255.255.255.255/", "https://[::1]/", "https://[::]/", "https://[fe80::1]/",
        "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[ff02::1]/", "https://[2001:db8::1]/",
        "https://[3fff::1]/", "https://[100::1]/", "https://[5f00::1]/", "https://[2001:2::1]/",
    ];

    private static readonly string[] Spellings =
    [
        "https://2130706433/", "https://017700000001/", "https://0x7f000001/", "https://0x7f.1/",
        "https://127.1/", "https://127.0.1/", "https://0177.0.0.1/", "https://0x7f.0x0.0x0.0x1/",
        "https://127.0.0.1./", "https://127.0.0.0x1/", "https://１２７.０.０.１/", "https://ⓛocalhost/",
        "https://127。0。0。1/", "https://127.0.0.1%2f@example.com/", "https://ｌｏｃａｌｈｏｓｔ/",
        "https://bücher.localhost/", "https://bücher。internal./", "https://Ⅰ.example/",
        "https://a‑ü.example/", "https://ü\u200d.example/", "https://\u00adü.example/",
        "https://ﬁ.example/", "https://ü_a.example/", "https://-ü.example/", "https://😀.example/",
        "https://bu\u0308cher.example/", "https://か\u3099.example/", "https://\u1100\u1161.example/",
        "https://אa.example/", "https://ü..example/", "https://ü@example.com/", "https://ü%2e.example/",
        "https://example.com/ü", "https://example.com?ü", "https://[ü]/", "https://bücher.example:22/",
        "http://bücher.example/", "https://ü／.example/", "https://ü．１/", "https://１６９.２５４.１６９.２５４/",
        "https://exa%6dple.com/", "https://127.0.0.1\\@example.com/", "https://example.com\\.local/",
        "https:\\\\127.0.0.1/", "https://example.com /", "https://exam\tple.com/", "https://a..b/",
        "https://[::1%25eth0]/", "https://[fe80::1%eth0]/", "https://1.2.3.256/", "https://1.2.3.4.5/",
    ];

    private static readonly string[] Embedded =
    [
        "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::ffff:10.0.0.1]/",
        "https://[::127.0.0.1]/", "https://[64:ff9b::127.0.0.1]/", "https://[64:ff9b::a9fe:a9fe]/",
        "https://[64:ff9b:1::10.0.0.1]/", "https://[2002:7f00:1::]/", "https://[2002:a9fe:a9fe::1]/",
        "https://[2001:0:0:0:0:0:80ff:fffe]/", "https://[::ffff:0:127.0.0.1]/",
    ];
}
