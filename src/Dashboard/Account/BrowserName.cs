namespace Equaticket.Dashboard.Account;

/// <summary>Names the browser and the system of a <c>User-Agent</c> header, as far as people can tell them apart.</summary>
internal static class BrowserName
{
    /// <remarks>In this order: most browsers also claim to be the ones after them.</remarks>
    private static readonly (string Token, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Token, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <returns>
    /// <c>Firefox on Windows</c>; for other clients, the name that they give: <c>curl</c>; without a header,
    /// <c>Unknown</c>.
    /// </returns>
    public static string Of(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
            return "Unknown";
        var browser = Find(Browsers, userAgent) ?? userAgent.Split('/', ' ')[0];
        return Find(Systems, userAgent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? Find((string Token, string Name)[] names, string userAgent) =>
        names.FirstOrDefault(name => userAgent.Contains(name.Token, StringComparison.Ordinal)).Name;
}
