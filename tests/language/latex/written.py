r"""Formulas as students write them, and what they mean in NumPy over the names of `VALUES`."""

import numpy as np

RNG = np.random.default_rng(0)
VALUES = {
    **{name: RNG.uniform(0.2, 1.5) for name in ("L", "a", "b", "c", "alpha", "lam", "mu", "eta")},
    "theta": RNG.uniform(0.2, 1.5),
    **{name: RNG.uniform(-1, 1, 3) for name in ("x", "u", "v", "w", "p", "g")},
    **{name: RNG.uniform(-1, 1, 4) for name in ("h", "z1", "b1", "delta_1", "dL_dz1", "dL_db1")},
    **{name: RNG.uniform(0.1, 0.9, 2) for name in ("y", "t", "z2", "b2", "delta_2", "y_hat")},
    **{name: RNG.uniform(0.1, 0.9, 2) for name in ("dL_dz2", "dL_dy", "dL_db2")},
    **{name: RNG.uniform(-1, 1, (4, 3)) for name in ("W1", "dL_dW1")},
    **{name: RNG.uniform(-1, 1, (2, 4)) for name in ("W2", "dL_dW2")},
    **{name: RNG.uniform(-1, 1, (3, 3)) for name in ("A", "B", "C")},
    "dL_dh": RNG.uniform(-1, 1, 4),
    "X": RNG.uniform(-1, 1, (5, 3)),
    "r": RNG.uniform(-1, 1, 5),
    "n": 3.0,
    "m": 5.0,
}

WRITTEN = r"""
\frac{\partial L}{\partial z_1} x^\top || O(dL_dz1,x)
\frac{\partial L}{\partial W_1} = \frac{\partial L}{\partial z_1} x^\top || O(dL_dz1,x)
\frac{dL}{dW_2} = \delta_2 h^T || O(delta_2,h)
\frac{\mathrm{d}L}{\mathrm{d}b_1} = \frac{\mathrm{d}L}{\mathrm{d}z_1} || dL_dz1
\frac{\partial L}{\partial h} = W_2^\top \frac{\partial L}{\partial z_2} || W2.T@dL_dz2
\left(\frac{\partial L}{\partial z_2}\right)^{\!\top} W_2 || dL_dz2@W2
\frac{\partial L}{\partial z_1}^\top W_1 || dL_dz1@W1
\dfrac{\partial\mathcal{L}}{\partial\mathbf{z}_1}\,\mathbf{x}^{\mathsf T} || O(dL_dz1,x)
\nabla_{z_2} L \, h^\top || O(dL_dz2,h)
\nabla_{\mathbf z_1} L \odot \mathbf h || dL_dz1*h
{\delta_2}^T W_2 || delta_2@W2
\|x\| || N(x)
\|x\|^2 || x@x
\Vert x \Vert_2 || N(x)
\lVert x - u \rVert_1 || abs(x-u).sum()
\|x\|_\infty || abs(x).max()
\|A\|_F^2 || (A**2).sum()
\left\| X w - r \right\|_2^2 || ((X@w-r)**2).sum()
\frac{x}{\|x\|} || x/N(x)
\frac{x}{\left\|x\right\|_2} || x/N(x)
|a| || abs(a)
\left| a - b \right| || abs(a-b)
|x_1| || abs(x[0])
\sum_i |x_i| || abs(x).sum()
\sum_{i=1}^{n} \left| x_i - u_i \right| || abs(x-u).sum()
|\det A| || abs(det(A))
\log|\det A| || np.log(abs(det(A)))
\ln \left|\det(A)\right| || np.log(abs(det(A)))
\det(A) A^{-\top} || det(A)*inv(A).T
\det A \cdot A^{-T} || det(A)*inv(A).T
\det(A)\,\left(A^{-1}\right)^\top || det(A)*inv(A).T
|A| A^{-T} || det(A)*inv(A).T
\det(A) \cdot B || det(A)*B
\det(AB) || det(A@B)
a * b || a*b
x * u || x*u
2 * x || 2*x
a * x || a*x
A \circ B || A*B
x \circ u || x*u
\begin{aligned} \frac{\partial L}{\partial W_1} &= \delta_1 x^\top \end{aligned} || O(delta_1,x)
\begin{align*} &\delta_1 x^\top \end{align*} || O(delta_1,x)
\sum_{j \neq 1} x_j || x[1]+x[2]
\sum_{j \ne i} A_{ij} || A.sum(1)-np.diag(A)
\sum_{i<j} x_i x_j || x[0]*x[1]+x[0]*x[2]+x[1]*x[2]
\sum_{i \le j} A_{ij} || np.triu(A).sum()
\sum_{i=1}^{3}\sum_{j=1}^{3} A_{ij}x_i u_j || x@A@u
\sum_{i=1}^{n} \sum_{j=1}^{i} x_j || np.cumsum(x).sum()
\sum_{k=1}^{3} \delta_{ik} x_k || x
\delta_{ij} - p_i p_j || np.eye(3)-O(p,p)
p_i(\delta_{ij} - p_j) || np.diag(p)-O(p,p)
p_j (\delta_{ij} - p_i) || np.diag(p)-O(p,p)
\mathbb{1}[z_1 > 0] || (z1>0)*1.
\mathbb{1}_{z_1 > 0} \odot h || (z1>0)*h
\mathbb{1}\{z_1>0\} \odot (W_2^\top\delta_2) || (z1>0)*(W2.T@delta_2)
\mathbf{1}(z_1 > 0) || (z1>0)*1.
\mathbb 1_{\{z_1\geq 0\}} || (z1>=0)*1.
[\![ z_1 > 0 ]\!] || (z1>0)*1.
H(z_1) || (z1>0)*1.
\Theta(z_1) || (z1>0)*1.
\operatorname{sgn}(x) || np.sign(x)
\mathrm{sign}(x)\odot u || np.sign(x)*u
\operatorname{ReLU}'(z_1) \odot (W_2^\top \delta_2) || (z1>0)*(W2.T@delta_2)
\operatorname{relu}(z_1) || relu(z1)
\mathrm{diag}(h) W_1 || np.diag(h)@W1
\operatorname{diag}(\sigma'(z_1))\,W_2^\top\delta_2 || sig(z1)*(1-sig(z1))*(W2.T@delta_2)
\mathrm{diag}\left(1 - \tanh^2(z_1)\right) W_2^{\top} \delta_2 || (1-np.tanh(z1)**2)*(W2.T@delta_2)
W_1^\top \operatorname{diag}(\mathbf{1}[z_1>0]) W_2^\top \delta_2 || W1.T@((z1>0)*(W2.T@delta_2))
\langle x, u \rangle || x@u
\langle x, A u\rangle || x@A@u
\left\langle \delta_1, W_1 x \right\rangle || delta_1@W1@x
\langle A, B \rangle || (A*B).sum()
\langle A, B \rangle_F || (A*B).sum()
\sigma'(z_2) || sig(z2)*(1-sig(z2))
\sigma^{\prime}(z_1) || sig(z1)*(1-sig(z1))
\sigma''(a) || sig(a)*(1-sig(a))*(1-2*sig(a))
\tanh'(z_1)\circ h || (1-np.tanh(z1)**2)*h
\sigma(z_2)\left(1-\sigma(z_2)\right) || sig(z2)*(1-sig(z2))
\sigma(z_2)(1-\sigma(z_2)) || sig(z2)*(1-sig(z2))
x^{T} A x || x@A@x
x^\intercal A\, x || x@A@x
x^{\mathrm{T}}Ax || x@A@x
A^{-\top} x || inv(A).T@x
A^{-T}B || inv(A).T@B
(A^{-1})^T || inv(A).T
(A^T)^{-1} || inv(A).T
A^{-1}BA^{-1} || inv(A)@B@inv(A)
-A^{-\top} B^\top A^{-\top} || -inv(A).T@B.T@inv(A).T
(A^\top A)^{-1} A^\top x || inv(A.T@A)@A.T@x
(X^\top X + \lambda I)^{-1} X^\top r || inv(X.T@X+lam*np.eye(3))@X.T@r
X^\top(Xw - r) + \lambda w || X.T@(X@w-r)+lam*w
\frac{1}{m} X^\top (Xw-r) || X.T@(X@w-r)/5
\frac{2}{m}X^{\top}\left(Xw-r\right) + 2\lambda w || 2*X.T@(X@w-r)/5+2*lam*w
\mathbf{W}_2^\top \boldsymbol{\delta}_2 || W2.T@delta_2
\bm{W}_1 \bm{x} + \bm{b}_1 || W1@x+b1
\vec{x} + \vec{u} || x+u
\hat{y} - t || y_hat-t
\hat{\mathbf y} - \mathbf t || y_hat-t
\mathbf{\hat{y}}-\mathbf{t} || y_hat-t
\frac{1}{2}(\hat y - t)^2 || (y_hat-t)**2/2
W_{1}x + b_{1} || W1@x+b1
W_{1,23} || W1[1,2]
W_{1,{2,3}} || W1[1,2]
(W_1)_{23} || W1[1,2]
W^{(1)}_{23} || W1[1,2]
W_{23}^{(1)} || W1[1,2]
\left[W_1\right]_{2,3} || W1[1,2]
\delta_{1,2} x_3 || delta_1[1]*x[2]
z_{1,1} || z1[0]
\text{ReLU}(W_1 x + b_1) || relu(W1@x+b1)
\text{tr}(A) || np.trace(A)
\text{diag}(x) || np.diag(x)
\begin{cases} 1, & \text{if } a > 0, \\ 0, & \text{otherwise.} \end{cases} || (a>0)*1.
\begin{cases} a & \text{falls } a > 0 \\ 0 & \text{sonst} \end{cases} || max(a,0)
\begin{cases} x & \text{für } a \geq 1 \\ -x & \text{sonst} \end{cases} || x if a>=1 else -x
\begin{cases} 1 & z_1 > 0 \\ 0 & z_1 \leq 0 \end{cases} || (z1>0)*1.
x\,u^\top || O(x,u)
x \; u^{\top} || O(x,u)
x\quad || x
a \, b\! c || a*b*c
2\,a\;b || 2*a*b
0{,}5\,(y-t) || .5*(y-t)
0{,}25 a || .25*a
1{,}5\cdot x || 1.5*x
-0{,}2009 || -0.2009
(0{,}1;\ 0{,}2;\ 0{,}3) || np.array([.1,.2,.3])
(0.1,\ 0.2,\ 0.3)^\top || np.array([.1,.2,.3])
\begin{pmatrix} 0{,}1 & 0{,}2 \\ 0{,}3 & 0{,}4 \end{pmatrix} || np.array([[.1,.2],[.3,.4]])
\begin{bmatrix}0.1\\-0.2\\3\cdot 10^{-2}\end{bmatrix} || np.array([.1,-.2,.03])
1.2\cdot10^{-3} || .0012
1.2\times 10^{-3} || .0012
\tfrac{1}{2}\lambda\|w\|^2 || .5*lam*w@w
\frac{\lambda}{2}\, w^\top w || .5*lam*w@w
\frac{y-t}{y(1-y)} || (y-t)/(y*(1-y))
\frac{y - t}{y \odot (1-y)} \odot \sigma'(z_2) || (y-t)/(y*(1-y))*sig(z2)*(1-sig(z2))
(y-t)\oslash(y \odot (1-y)) || (y-t)/(y*(1-y))
-\left(\frac{t}{y} - \frac{1-t}{1-y}\right) || -(t/y-(1-t)/(1-y))
-\sum_{i} t_i \log(y_i) || -(t*np.log(y)).sum()
\frac{e^{x_i}}{\sum_j e^{x_j}} || np.exp(x)/np.exp(x).sum()
\frac{\exp(x_i)}{\sum_{k=1}^{n}\exp(x_k)} || np.exp(x)/np.exp(x).sum()
\log \sum_i e^{x_i} || np.log(np.exp(x).sum())
\ln\left(\sum_{i=1}^n \exp x_i\right) || np.log(np.exp(x).sum())
x_i - \log\sum_j \exp(x_j) || x-np.log(np.exp(x).sum())
\operatorname{softmax}(x) - u || np.exp(x)/np.exp(x).sum()-u
A \otimes B || np.kron(A,B)
\max\{0, z_1\} || relu(z1)
\max\left(z_1, 0\right) || relu(z1)
\min(a, b) || min(a,b)
\max_j x_j || x.max()
\sqrt{x^\top x} || N(x)
\sqrt{\sum_i x_i^2} || N(x)
\sin(a)\cos(b) || np.sin(a)*np.cos(b)
\sin a \cos b || np.sin(a)*np.cos(b)
\cos^2\theta - \sin^2\theta || np.cos(2*theta)
\sin^{-1}(c/2) || np.arcsin(c/2)
\arctan\frac{a}{b} || np.arctan(a/b)
\operatorname{arctanh}(c/2) || np.arctanh(c/2)
e^{-\frac{1}{2}a^2} || np.exp(-a**2/2)
\mathrm{e}^{-a} || np.exp(-a)
\exp\left(-\frac{(a-\mu)^2}{2\alpha^2}\right) || np.exp(-(a-mu)**2/2/alpha**2)
\frac{1}{\sqrt{2\pi}} e^{-a^2/2} || np.exp(-a**2/2)/np.sqrt(2*np.pi)
a^{b^{2}} || a**b**2
2^{a} || 2**a
10^{-a} || 10**-a
\mathbf{1}\mathbf{1}^\top x || np.full(3,x.sum())
\mathbf 1^\top x || x.sum()
\left(I - \frac{1}{n}\mathbf{1}\mathbf{1}^\top\right)x || x-x.mean()
\frac{1}{n}\sum_i x_i || x.mean()
e_1^\top A x || (A@x)[0]
x e_2^\top || O(x,[0,1,0])
\Vert W_1 x + b_1\Vert^{2} || ((W1@x+b1)**2).sum()
(y-t)_1 h_2 || (y-t)[0]*h[1]
\delta_{2}h^{\top} || O(delta_2,h)
\delta_2\cdot h^\top || O(delta_2,h)
\delta_2 \otimes h || O(delta_2,h)
W_2^\top\cdot\delta_2 || W2.T@delta_2
x \cdot u || x@u
x\cdot x || x@x
\operatorname{Tr}(A^2) || np.trace(A@A)
\operatorname{tr}(A^{-1}B) || np.trace(inv(A)@B)
A^2 x || A@A@x
A^{\odot 2} || A*A
A_{:,1} || A[:,0]
A_{1,:} || A[0]
x_{1:2} || x[:2]
L = \frac12\|y-t\|^2 || .5*((y-t)**2).sum()
= \delta_1 x^\top || O(delta_1,x)
\delta_1 x^\top. || O(delta_1,x)
\delta_1 x^\top, || O(delta_1,x)
\displaystyle \frac{1}{2}(y-t) || .5*(y-t)
\Bigl( W_2^\top \delta_2 \Bigr) \odot \bigl[ z_1 > 0 \bigr] || (W2.T@delta_2)*(z1>0)
\boxed{\delta_1 x^\top} || O(delta_1,x)
x^2 || x**2
x^{-1} || 1/x
\frac{1}{x} || 1/x
\left(\frac{a}{b}\right)^{-1} || b/a
\delta_2 \cdot \mathbf{h}^T || O(delta_2,h)
\left( (W_2)^T \cdot \delta_2 \right) \odot (z_1 > 0) || (W2.T@delta_2)*(z1>0)
W_2^T\delta_2\odot\mathbf{1}_{\{z_1>0\}} || (W2.T@delta_2)*(z1>0)
\frac{\partial L}{\partial y} \odot \sigma'(z_2) || dL_dy*sig(z2)*(1-sig(z2))
\frac{\partial L}{\partial y}\odot y\odot(1-y) || dL_dy*y*(1-y)
\frac{\partial L}{\partial z_2} = \frac{1}{2}\left(\mathbf{y} - \mathbf{t}\right) || (y-t)/2
\frac{\partial \mathcal L}{\partial \mathbf{b}_2} = \boldsymbol{\delta}_2 || delta_2
\nabla_{W_2} L = \delta_2 h^\top || O(delta_2,h)
\nabla_{\mathbf{W}_1}\mathcal{L} = \delta_1 \mathbf{x}^\top || O(delta_1,x)
\frac{y_1-t_1}{2}\,h_1 || (y[0]-t[0])/2*h[0]
\tfrac12(y_1-t_1)\cdot h_2 || (y[0]-t[0])/2*h[1]
-\frac{1}{2}\left(\frac{t_1}{y_1} - \frac{1-t_1}{1-y_1}\right) || -.5*(t[0]/y[0]-(1-t[0])/(1-y[0]))
2\left\|x\right\|\frac{x}{\left\|x\right\|} || 2*x
\lVert A x - u \rVert_2 || N(A@x-u)
\| A \|_{F} || N(A)
\left\lVert A \right\rVert_{\mathrm{F}}^{2} || (A**2).sum()
\|x\|_{1} || abs(x).sum()
|x|^2 || x@x
|x| || N(x)
|A x - u|^2 || ((A@x-u)**2).sum()
\sqrt{|a|} || np.sqrt(abs(a))
\operatorname{abs}(x) || abs(x)
\det A \cdot B^{-1} || det(A)*inv(B)
\operatorname{tr} A \cdot B || np.trace(A)*B
\ln y \odot t || np.log(y)*t
t \odot \ln y || t*np.log(y)
W_2 * W_1 || W2@W1
X * X || X*X
W_1 * x || W1@x
W_1 \ast W_1 || W1*W1
x x^\top || O(x,x)
xx^T || O(x,x)
x^T x || x@x
x^\top\! A\, x || x@A@x
(x - u)^\top A (x - u) || (x-u)@A@(x-u)
(x-u)^T A^{-1} (x-u) || (x-u)@inv(A)@(x-u)
A x + A^\top x || A@x+A.T@x
(A + A^\top) x || (A+A.T)@x
\left(A+A^{T}\right)\mathbf{x} || (A+A.T)@x
u v^\top + v u^\top || O(u,v)+O(v,u)
A^{-1} u v^\top A^{-1} || inv(A)@O(u,v)@inv(A)
-A^{-T} u v^T A^{-T} || -inv(A).T@O(u,v)@inv(A).T
\frac{A^{-1}u}{1 + v^\top A^{-1} u} || inv(A)@u/(1+v@inv(A)@u)
\operatorname{tr}\left(A^{\top} B C\right) || np.trace(A.T@B@C)
\mathrm{tr}(ABC) || np.trace(A@B@C)
\mathrm{tr}\,A || np.trace(A)
\operatorname{diag}(x) A \operatorname{diag}(u) || np.diag(x)@A@np.diag(u)
\mathrm{diag}(x)^{-1} u || u/x
\mathrm{diag}(A) || np.diag(A)
p \odot (g - (p^\top g)\mathbf{1}) || p*(g-p@g)
p \odot \left( g - \langle p, g\rangle \right) || p*(g-p@g)
\left(\operatorname{diag}(p) - p p^{\top}\right) g || (np.diag(p)-O(p,p))@g
p_i\,\delta_{ij} - p_i\,p_j || np.diag(p)-O(p,p)
\sum_{j} g_j\, p_j \left(\delta_{ij} - p_i\right) || g*p-p*(g@p)
\sum_{j=1}^{3} \delta_{ij} g_j || g
\sum_k W_{1,ik} x_k || W1@x
\sum_{k} (W_1)_{ik}\, x_k || W1@x
\sum_{k=1}^{3} W^{(1)}_{ik} x_k + b^{(1)}_i || W1@x+b1
\sum_{i} \delta_{1,i} W_{1,ij} || delta_1@W1
\sum_i \sum_j A_{ij}^2 || (A**2).sum()
\sum_{i,j} (A_{ij} - B_{ij})^2 || ((A-B)**2).sum()
\sum_{i \neq j} A_{ij} || A.sum()-np.trace(A)
\sum_{i<j} (x_i - x_j)^2 || sum((x[i]-x[j])**2 for i in range(3) for j in range(3) if i<j)
\sum_{j \le i} x_j || np.cumsum(x)
\sum_{j<i} x_j || np.cumsum(x)-x
\sum_{k \geq i} g_k || np.cumsum(g[::-1])[::-1]
\prod_{i=1}^3 x_i || x.prod()
\prod_{j\neq i} x_j || x.prod()/x
\frac{1}{x_i}\prod_j x_j || x.prod()/x
\frac{\prod_k x_k}{x_i} || x.prod()/x
\frac{1}{3}\sum_{i=1}^{3} (x_i - \mu)^2 || ((x-mu)**2).mean()
x_i - \frac{1}{n}\sum_{j=1}^n x_j || x-x.mean()
x - \frac{1}{n}\left(\mathbf{1}^\top x\right)\mathbf{1} || x-x.mean()
\begin{bmatrix} 0{,}5 \\ -0{,}25 \end{bmatrix} || np.array([.5,-.25])
\begin{pmatrix}0,5\\-0,25\end{pmatrix} || np.array([.5,-.25])
\begin{pmatrix} 1 \\ 2 \end{pmatrix}^{T} || np.array([1.,2])
\begin{pmatrix} 1 & 2 & 3 \end{pmatrix} || np.array([1.,2,3])
\begin{array}{c} 1 \\ 2 \end{array} || np.array([1.,2])
\left(\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right) || np.array([[1.,2],[3,4]])
\frac{1}{2}\begin{pmatrix} a \\ b \end{pmatrix} || np.array([a,b])/2
\begin{pmatrix} 2x_1 \\ 2x_2 \\ 2x_3 \end{pmatrix} || 2*x
[0.1, 0.2] || np.array([.1,.2])
-0.0462 || -.0462
+3 || 3
10^{-3} || .001
5\% || .05
\approx 0.5982 || .5982
\frac{23}{100} || .23
L = 0{,}7962 || .7962
\begin{split} \frac{\partial L}{\partial W_1} &= \delta_1 x^\top \end{split} || O(delta_1,x)
\begin{equation*} \frac{\partial L}{\partial W_2} = \delta_2 h^\top \end{equation*} || O(delta_2,h)
\[ \delta_2 h^\top \] || O(delta_2,h)
\( \delta_2 h^\top \) || O(delta_2,h)
\mathbf{W}^{(2)\top}\boldsymbol{\delta}^{(2)} || W2.T@delta_2
\left(\mathbf{W}^{(2)}\right)^{\top}\boldsymbol{\delta}^{(2)} || W2.T@delta_2
{W^{(2)}}^T \delta^{(2)} || W2.T@delta_2
{W_2}^{T}{\delta_2} || W2.T@delta_2
{W^{[1]}}x + b^{[1]} || W1@x+b1
\mathrm{ReLU}^\prime(z_1)\odot h || (z1>0)*h
\operatorname{ReLU}'(z_1) || (z1>0)*1.
\tanh^2(a) || np.tanh(a)**2
\tanh(a)^2 || np.tanh(a)**2
1-\tanh^{2}z_1 || 1-np.tanh(z1)**2
\operatorname{sech}^{2}(z_1) || 1/np.cosh(z1)**2
\ln(1+e^{z_1}) || np.log(1+np.exp(z1))
\log\left(1+\exp(-z_1)\right) || np.log(1+np.exp(-z1))
\frac{e^{a}-e^{-a}}{e^{a}+e^{-a}} || np.tanh(a)
\arcsin(c/2) || np.arcsin(c/2)
\operatorname{erf}(a/\sqrt{2}) || math.erf(a/2**.5)
\max(z_1, 0) || relu(z1)
\max\{0,\,z_1\} || relu(z1)
\lfloor a \rfloor || np.floor(a)
\lambda \operatorname{sign}(w) || lam*np.sign(w)
\eta\,\nabla_{W_1}L || eta*dL_dW1
W_1 - \eta\,\frac{\partial L}{\partial W_1} || W1-eta*dL_dW1
W_1 - \eta \nabla_{W_1} L || W1-eta*dL_dW1
x_1^2 + x_2^2 + x_3^2 || x@x
x_{1}^{2}x_{2} || x[0]**2*x[1]
2 x_1 x_2 || 2*x[0]*x[1]
\frac{x_1}{\sqrt{x_1^2+x_2^2}} || x[0]/np.hypot(x[0],x[1])
a^{-1/2} || a**-.5
a^{\frac{3}{2}} || a**1.5
(1+a)^{-2} || (1+a)**-2
\frac{-1}{(1+a)^2} || -1/(1+a)**2
-\frac{a}{(a^2+b^2)^{3/2}} || -a/(a*a+b*b)**1.5
a\sin\theta\cos\theta || a*np.sin(theta)*np.cos(theta)
a \sin(\theta) || a*np.sin(theta)
\sin(2\theta) || np.sin(2*theta)
\frac{\alpha}{2}\left(x^\top A x\right) || alpha/2*(x@A@x)
A^{+}x || np.linalg.pinv(A)@x
A^\dagger x || np.linalg.pinv(A)@x
x / \|x\| || x/N(x)
x/\|x\|_2^2 || x/(x@x)
x_1/x_2 || x[0]/x[1]
(a+b)/(a-b) || (a+b)/(a-b)
a/(bc) || a/(b*c)
\tfrac{a}{bc} || a/(b*c)
x \odot u \odot v || x*u*v
x \circ (u + v) || x*(u+v)
(x \odot u)^\top v || (x*u)@v
\mathbf{x}\odot\mathbf{x} || x*x
x^{\odot 2} || x*x
A \odot A^\top || A*A.T
\mathbf{e}_2^\top A || A[1]
A\mathbf{e}_1 || A[:,0]
A_{\cdot 1} || A[:,0]
A_{2\cdot} || A[1]
A_{12} - A_{21} || A[0,1]-A[1,0]
"""
