using System.Text.RegularExpressions;
using Equaticket.Schema.Emails;

namespace Equaticket.Dashboard.Tests;

/// <summary>Reads the e-mails that the host sent, which are files.</summary>
internal static partial class SentMail
{
    /// <returns>The newest e-mail to an address, decoded; empty when there is none.</returns>
    public static async Task<string> ToAsync(TestHost host, string address)
    {
        await host.Get<AccountEmails>().RunAsync(CancellationToken.None);
        return new DirectoryInfo(Repository.File("artifacts/test-mail")) is { Exists: true } folder
            ? Newest(folder, address)
            : "";
    }

    private static string Newest(DirectoryInfo folder, string address) =>
        Directory.EnumerateFiles(folder.FullName, "*.eml")
            .OrderByDescending(File.GetLastWriteTimeUtc).Select(File.ReadAllText)
            .Where(text => text.Contains($"To: {address}", StringComparison.Ordinal))
            .Select(Decoded).FirstOrDefault() ?? "";

    /// <returns>The link in the newest e-mail to an address.</returns>
    public static async Task<string> LinkToAsync(TestHost host, string address, string page)
    {
        var link = "";
        await Poll.UntilAsync(
            async () =>
            {
                link = Links().Matches(await ToAsync(host, address)).Select(match => match.Value)
                    .FirstOrDefault(found => found.Contains(page, StringComparison.Ordinal)) ?? "";
                return link.Length > 0;
            },
            TimeSpan.FromSeconds(10));
        return link;
    }

    private static string Decoded(string text) => text
        .Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal)
        .Replace("=3D", "=", StringComparison.Ordinal);

    [GeneratedRegex("/dashboard/[a-z-]+\\?[A-Za-z0-9%._=&-]+")]
    private static partial Regex Links();
}
