using System.Net.Sockets;
using System.Text;

namespace Equaticket.RestFacade.Tests.Http;

/// <summary>Sends requests that an HTTP client would refuse to send.</summary>
internal static class RawHttp
{
    /// <param name="address">The URL of the host.</param>
    /// <param name="head">The request line and headers in Latin-1, each with its line break.</param>
    /// <returns>The complete response.</returns>
    public static async Task<string> SendAsync(Uri address, string head)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"{head}Host: {address.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
