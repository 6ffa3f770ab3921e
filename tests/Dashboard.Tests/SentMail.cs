using System.Text.RegularExpressions;
using Equaticket.Schema.Emails;

namespace Equaticket.Dashboard.Tests;

/// <summary>Reads the emails that the host wrote to files.</summary>
internal static partial class SentMail
{
    /// <summary>Waits until the newest email to an address contains the text.</summary>
    /// <remarks>The host's background job may send it first.</remarks>
    public static Task ExpectAsync(TestHost host, string address, string text) => Poll.UntilAsync(
        async () => (await NewestAsync(host, address)).Contains(text, StringComparison.Ordinal));

    /// <returns>The link in the newest email to an address.</returns>
    public static async Task<string> LinkToAsync(TestHost host, string address, string page)
    {
        var link = "";
        await Poll.UntilAsync(
            async () =>
            {
                link = Links().Matches(await NewestAsync(host, address)).Select(match => match.Value)
                    .FirstOrDefault(found => found.Contains(page, StringComparison.Ordinal)) ?? "";
                return link.Length > 0;
            });
        return link;
    }

    /// <returns>The newest email to an address, decoded; empty if there is none.</returns>
    private static async Task<string> NewestAsync(TestHost host, string address)
    {
        await host.Get<AccountEmails>().RunAsync(CancellationToken.None);
        var folder = new DirectoryInfo(TestHost.MailFolder.Value);
        return (folder.Exists ? folder.EnumerateFiles("*.eml") : [])
            .OrderByDescending(file => file.LastWriteTimeUtc).Select(file => File.ReadAllText(file.FullName))
            .Where(text => text.Contains($"To: {address}", StringComparison.Ordinal))
            .Select(Decoded).FirstOrDefault() ?? "";
    }

    private static string Decoded(string text) => text
        .Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal)
        .Replace("=3D", "=", StringComparison.Ordinal);

    [GeneratedRegex("/dashboard/[a-z-]+\\?[A-Za-z0-9%._=&-]+")]
    private static partial Regex Links();
}
