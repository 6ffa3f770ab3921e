using System.Text;
using Equaticket.RestFacade.Binding;
using Microsoft.AspNetCore.Http;

namespace Equaticket.RestFacade.Tests.Binding;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task A_small_body_without_a_length_takes_little_memory(string body)
    {
        await ReadAsync(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var length = await ReadAsync(body);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
        Assert.Equal(body.Length, length);
    }

    private static async Task<int> ReadAsync(string body)
    {
        var request = new DefaultHttpContext().Request;
        (request.ContentType, request.Body) = ("application/json", new MemoryStream(Encoding.UTF8.GetBytes(body)));
        return (await RequestBody.ReadAsync(request, CancellationToken.None)).Length;
    }
}
