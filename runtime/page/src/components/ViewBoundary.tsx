import { Component, type ComponentChildren } from 'preact';

/** A view that fails leaves the navigation as it is. */
export class ViewBoundary extends Component<
  { readonly children: ComponentChildren },
  { readonly error: Error | undefined }
> {
  override state: { readonly error: Error | undefined } = { error: undefined };

  static override getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <div class="problem" role="alert">
        <h1>This view failed</h1>
        <p>
          It is a mistake of the page, and says: <code>{error.message}</code>
        </p>
        <button type="button" onClick={() => this.setState({ error: undefined })}>
          Try again
        </button>
      </div>
    );
  }
}
