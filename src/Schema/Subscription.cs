using System.ComponentModel;

namespace Equaticket.Schema;

/// <summary>The root of all subscriptions. Each feature adds its fields in a separate file.</summary>
[Description("Streams over Server-Sent Events. An operation has exactly one of these fields, and receives "
    + "the current data whenever something happens.")]
public sealed partial class Subscription;
