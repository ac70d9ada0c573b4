"""Pairs of formulas from calculus, statistics and matrix algebra: equal, or nearly so.

The names are those of `rare_identities`.
"""

SAME = """
cos(x - y) - cos(x + y) ~ 2*sin(x)*sin(y)
sinh(x)**2 + cosh(x)**2 ~ cosh(2*x)
tanh(x)**2 + sech(x)**2 ~ ones(n)
4*sinh(x)**3 ~ sinh(3*x) - 3*sinh(x)
exp(x)/(exp(x) + exp(y)) ~ sigmoid(x - y)
log(exp(x) + exp(y)) ~ maximum(x, y) + log1p(exp(-abs(x - y)))
logaddexp(x, y) ~ (x + y)/2 + log(2*cosh((x - y)/2))
x*sigmoid(x) + x*sigmoid(-x) ~ x
softsign(x) ~ x/(abs(x) + 1)
relu(x + y) ~ (x + y + abs(x + y))/2
relu(x)*relu(-x) ~ 0*x
leaky_relu(x, 0.25) ~ 0.625*x + 0.375*abs(x)
clip(x, -1, 1) ~ (abs(x + 1) - abs(x - 1))/2
hypot(x, y)**2 ~ x*x + y*y
abs(x)**3 ~ x**2*abs(x)
sign(x)*sign(y) ~ sign(x*y)
minimum(x, y) ~ -maximum(-x, -y)
maximum(x, maximum(y, 0)) ~ relu(maximum(x, y))
1/(1 + exp(-2*x)) ~ (1 + tanh(x))/2
log(p)/log(r) ~ log2(p)/log2(r)
p**(r + 1) ~ p*p**r
(p**r)**2 ~ p**(2*r)
exp(-log(p)) ~ 1/p
sqrt(p**2*r) ~ p*sqrt(r)
cbrt(x**3) ~ x
erf(-x) ~ -erf(x)
ndtr(x) + ndtr(-x) ~ ones(n)
lgamma(p + 2) ~ lgamma(p) + log(p) + log(p + 1)
trigamma(p) - trigamma(p + 1) ~ 1/p**2
beta(p, 1 + r) ~ beta(p, r)*r/(p + r)
digamma(2*p) ~ (digamma(p) + digamma(p + 1/2))/2 + log(2)
gamma(p)*gamma(p + 1/2) ~ 2**(1 - 2*p)*sqrt(pi)*gamma(2*p)
outer(x, y) @ A ~ outer(x, A.T @ y)
A @ diag(x) ~ A*x
diag(x) @ A ~ A*x[:, None]
diag(A @ B) ~ sum(A*B.T, axis=1)
diag(outer(x, y)) ~ x*y
diag(diag(x)) ~ x
trace(outer(x, y)) ~ x @ y
trace(A @ outer(x, y)) ~ y @ A @ x
trace(A @ B @ C) ~ trace(C @ A @ B)
trace(A.T @ A) ~ norm(A)**2
sum(A @ B) ~ sum(A, axis=0) @ sum(B, axis=1)
sum(outer(x, y)) ~ sum(x)*sum(y)
sum(A, axis=0) ~ ones(n) @ A
inv(inv(A)) ~ A
inv(s*A) ~ inv(A)/s
inv(A.T) @ B.T ~ (B @ inv(A)).T
solve(A, B @ x) ~ inv(A) @ B @ x
solve(A.T, x) ~ x @ inv(A)
det(s*eye(n)) ~ s**n
det(A.T @ B) ~ det(A)*det(B)
det(inv(A))*det(A) ~ 1 + 0*s
logdet(T @ T) ~ 2*logdet(T)
matrix_power(A, 3) ~ A @ A @ A
matrix_power(A, -2) ~ inv(A @ A)
inv(eye(n) + outer(x, x)) ~ eye(n) - outer(x, x)/(1 + x @ x)
det(eye(n) + outer(x, y)) ~ 1 + x @ y
A @ inv(A + B) @ B ~ inv(inv(A) + inv(B))
A @ inv(eye(n) + B @ A) ~ inv(eye(n) + A @ B) @ A
inv(A) - inv(B) ~ inv(A) @ (B - A) @ inv(B)
x @ S @ y ~ y @ S @ x
(A + A.T)/2 + (A - A.T)/2 ~ A
(A @ x) @ y ~ sum(A*outer(y, x))
W @ x ~ einsum('ij,j->i', W, x)
W.T @ d ~ einsum('ij,i->j', W, d)
einsum('ij,ij->', W, V) ~ trace(W @ V.T)
einsum('i,j->ij', d, x) ~ d[:, None]*x
einsum('ii->', A) ~ trace(A)
einsum('ij,kj->ik', W, V) ~ W @ V.T
einsum('i,ij,j->', d, W, x) ~ d @ W @ x
kron(x, y) ~ reshape(outer(x, y), (n*n,))
kron(A, B) @ kron(C, A) ~ kron(A @ C, B @ A)
kron(A, B).T ~ kron(A.T, B.T)
trace(kron(A, B)) ~ trace(A)*trace(B)
softmax(-x) ~ exp(-x)/sum(exp(-x))
softmax(x)*sum(exp(x)) ~ exp(x)
log_softmax(x + s) ~ log_softmax(x)
softmax(W, axis=1) ~ exp(W - logsumexp(W, axis=1, keepdims=True))
logsumexp(x) ~ log(sum(exp(x - s))) + s
logsumexp(2*x) ~ log(sum(exp(x)**2))
diag(softmax(x)) - outer(softmax(x), softmax(x)) ~ softmax(x)[:, None]*(eye(n) - softmax(x))
mean(W) ~ sum(W)/(m*n)
mean(mean(W, axis=0)) ~ mean(W)
var(x) ~ mean(x**2) - mean(x)**2
var(x, ddof=1)*(n - 1) ~ n*var(x)
sum((x - mean(x))**2) ~ sum(x**2) - n*mean(x)**2
sum((x - mean(x))*(y - mean(y))) ~ x @ y - n*mean(x)*mean(y)
(x - mean(x)) ~ (eye(n) - ones(n, n)/n) @ x
norm(x - y)**2 ~ norm(x)**2 - 2*x @ y + norm(y)**2
norm(W)**2 ~ sum(W*W)
norm(x, 1) ~ x @ sign(x)
norm(3*x) ~ 3*norm(x)
x/norm(x) ~ 2*x/norm(2*x)
cumsum(x) ~ tril(ones(n, n)) @ x
flip(cumsum(flip(x))) ~ sum(x) - cumsum(x) + x
triu(A) + tril(A, -1) ~ A
tril(A).T ~ triu(A.T)
roll(x, 1) ~ roll(roll(x, -1), 2)
flip(flip(x)) ~ x
concat([x, y])[:n] ~ x
stack([x, y]).T @ [s, q] ~ s*x + q*y
stack([x, y])[1] ~ y
where(x > 0, x, 0) ~ relu(x)
where(x > y, x, y) ~ maximum(x, y)
(x > 0) + (x < 0) ~ sign(x)**2
A[0] @ x ~ (A @ x)[0]
A[:, 0] ~ A @ onehot(0, n)
eye(n)[0] ~ onehot(0, n)
outer(ones(n), x).T ~ outer(x, ones(n))
(x[:, None] - y[None, :]).T ~ -(y[:, None] - x[None, :])
sum((x[:, None] - x[None, :])**2) ~ 2*n*sum(x**2) - 2*sum(x)**2
grad(sum(tanh(x)), x) ~ 1 - tanh(x)**2
grad(logsumexp(x), x) ~ softmax(x)
grad(logdet(T), T) ~ inv(T)
0.125*x + x/8 ~ x/4
1.5e-3*x ~ 3*x/2000
(x + 1e-20) - 1e-20 ~ x
sqrt(8)*x ~ 2*sqrt(2)*x
(1 + sqrt(5))/2*x ~ 2*x/(sqrt(5) - 1)
exp(1)**2*x ~ exp(2)*x
"""

ALIKE = """
cos(x - y) - cos(x + y) ~ -2*sin(x)*sin(y)
sinh(x)**2 + cosh(x)**2 ~ cosh(x)**2*2
exp(x)/(exp(x) + exp(y)) ~ sigmoid(y - x)
log(exp(x) + exp(y)) ~ maximum(x, y) + log1p(exp(-abs(x + y)))
logaddexp(x, y) ~ x + y
softsign(x) ~ x/(x + 1)
relu(x + y) ~ relu(x) + relu(y)
relu(x*y) ~ relu(x)*relu(y)
leaky_relu(x, 0.25) ~ 0.625*x + 0.375*x
leaky_relu(x, 0.01) ~ relu(x)
clip(x, -1, 1) ~ tanh(x)
hypot(x, y) ~ abs(x) + abs(y)
abs(x)**3 ~ x**3
sign(x) ~ x/(abs(x) + 1e-9)
maximum(x, y) ~ log(exp(20*x) + exp(20*y))/20
1/(1 + exp(-2*x)) ~ (1 + tanh(2*x))/2
log(p)/log(r) ~ log(p - r)
p**(r + 1) ~ p + p**r
(p**r)**2 ~ p**(r**2)
sqrt(p**2 + r) ~ p + sqrt(r)
sqrt(x**2) ~ x
cbrt(x**3) ~ abs(x)
log(p + r) ~ log(p) + log(r)
log(x**2)/2 ~ log(abs(x)) + 1e-15
exp(x + y) ~ exp(x) + exp(y)
exp(x)**2 ~ exp(x**2)
erf(x) ~ tanh(1.128379167095513*x)
gelu(x) ~ x*sigmoid(1.702*x)
gelu(x) ~ gelu_tanh(x)
ndtr(x) ~ 1/(1 + exp(-1.702*x))
lgamma(p + 1) ~ p*log(p) - p + log(2*pi*p)/2
digamma(p) ~ log(p) - 1/(2*p)
beta(p, r) ~ gamma(p)*gamma(r)*gamma(p + r)
gamma(p + 1) ~ gamma(p) + p
silu(x) ~ x*sigmoid(x)**1.0000000001
outer(x, y) @ A ~ outer(x, A @ y)
A @ diag(x) ~ A*x[:, None]
diag(A @ B) ~ diag(A)*diag(B)
diag(A @ B) ~ sum(A*B, axis=1)
trace(A @ B) ~ trace(A)*trace(B)
trace(A @ B @ C) ~ trace(A @ C @ B)
trace(A @ A) ~ norm(A)**2
trace(A @ outer(x, y)) ~ x @ A @ y
sum(A @ B) ~ sum(A)*sum(B)
sum(A, axis=0) ~ sum(A, axis=1)
inv(A + B) ~ inv(A) + inv(B)
inv(s*A) ~ s*inv(A)
inv(A) ~ 1/A
inv(A).T @ B ~ inv(A) @ B
solve(A, x) ~ solve(A.T, x)
solve(A, B @ x) ~ B @ solve(A, x)
det(A + B) ~ det(A) + det(B)
det(s*A) ~ s*det(A)
det(A) ~ A[0,0]*A[1,1] - A[0,1]*A[1,0]
logdet(T) ~ trace(T) - n
logdet(s**2*T) ~ logdet(T) + 2*log(s**2)
matrix_power(A, 2) ~ A**2
expm(A) ~ exp(A)
expm(A) ~ eye(n) + A + A @ A/2
expm(A + B) ~ expm(A) @ expm(B)
inv(eye(n) + outer(x, x)) ~ eye(n) - outer(x, x)/(1 - x @ x)
A @ inv(A + B) @ B ~ inv(A + B)
x @ A @ y ~ y @ A @ x
A @ x ~ x @ A
(A @ x)*y ~ A @ (x*y)
S @ A ~ A @ S
S @ A ~ (S @ A).T
W.T @ (W @ x) ~ x*sum(W*W)
einsum('ij,j->i', A, x) ~ einsum('ij,i->j', A, x)
einsum('ij,jk->ik', A, B) ~ einsum('ij,kj->ik', A, B)
kron(A, B) ~ kron(B, A)
kron(x, y) ~ kron(y, x)
softmax(x) ~ softmax(2*x)
softmax(x) ~ sigmoid(x)/sum(sigmoid(x))
softmax(W, axis=0) ~ softmax(W, axis=1)
log_softmax(x) ~ x - sum(exp(x))
logsumexp(x) ~ max(x)
logsumexp(x + y) ~ logsumexp(x) + logsumexp(y)
diag(softmax(x)) - outer(softmax(x), softmax(x)) ~ diag(softmax(x)*(1 - softmax(x)))
mean(x) ~ sum(x)/(n + 1)
mean(W, axis=0) ~ sum(W, axis=0)/n
var(x) ~ var(x, ddof=1)
var(x) ~ mean(x**2) - mean(x)
std(x) ~ mean(abs(x - mean(x)))
norm(x - y)**2 ~ norm(x)**2 + norm(y)**2
norm(x) ~ sum(abs(x))
norm(x) ~ sqrt(sum(x**2) + 1e-20)
norm(x)*norm(y) ~ x @ y
x/norm(x) ~ x/norm(x)**2
cumsum(x) ~ triu(ones(n, n)) @ x
cumsum(x) ~ flip(cumsum(flip(x)))
triu(A) + tril(A) ~ A
tril(A).T ~ tril(A.T)
roll(x, 1) ~ roll(x, -1)
flip(x) ~ x
stack([x, y]) ~ stack([y, x])
where(x > 0, x, 0) ~ where(x > 0, 1, 0)
where(x > y, x, y) ~ where(x < y, x, y)
(x > 0) ~ (x < 0)
A[0] @ x ~ A[:, 0] @ x
A[0,1] ~ A[1,0]
outer(ones(n), x) ~ outer(x, ones(n))
x[:, None] - y[None, :] ~ y[:, None] - x[None, :]
grad(sum(tanh(x)), x) ~ 1 - tanh(x)
grad(logsumexp(x), x) ~ exp(x)
grad(norm(x), x) ~ x
grad(logdet(T), T) ~ inv(T) + 1e-12*T
0.333333333333333333*x ~ x/3
3.14159265358979*x ~ pi*x
2.718281828459045*x ~ exp(1)*x
1.4142135623730951*x ~ sqrt(2)*x
x*(1 + 1e-25) ~ x
x + 1e-30 ~ x
22/7*x ~ pi*x
x**2 ~ x**2.0000001
"""
