using Equaticket.Schema.Execution;

namespace Equaticket.Host.Activity;

/// <summary>
/// The key that a request came with, for the activity log. Unlike <c>CallerFeature</c> it grants no access: the
/// key may have expired or been revoked.
/// </summary>
/// <param name="Owner">The owner of the key.</param>
internal sealed record UsedKey(Caller Owner);
